package org.conv4j.reference.loops;

import java.util.List;
import org.conv4j.op.Convolution;
import org.conv4j.reference.index.Grid;
import org.conv4j.shape.Window;

/**
 * The definition of {@link Convolution}: for every output element, the sum over the kernel's taps
 * and the group's channels.
 *
 * <pre>out[n, o, f] = act(bias[f] + residual[n, o, f]
 *     + sum over t, c of in[n, o * s - p + t * d, g + c] * k[t, c, f])
 * </pre>
 */
final class ConvolutionLoops implements Loops {
  private final Convolution op;
  private final Window window;
  private final Grid in;
  private final Grid out;
  private final double[] kernel;
  private final double[] bias;

  ConvolutionLoops(Convolution op, List<double[]> weights) {
    this.op = op;
    this.window = Grid.threeDimensional(op.window());
    this.in = Grid.of(op.input());
    this.out = Grid.of(op.output());
    this.kernel = weights.get(0);
    this.bias = op.bias() ? weights.get(1) : new double[out.channels()];
  }

  @Override
  public void run(double[][] inputs, double[] output) {
    double[] input = inputs[0];
    for (int n = 0; n < out.batch(); n++) {
      for (int d = 0; d < out.depth(); d++) {
        for (int h = 0; h < out.height(); h++) {
          for (int w = 0; w < out.width(); w++) {
            int o = out.at(n, d, h, w);
            for (int f = 0; f < out.channels(); f++) {
              double sum = bias[f] + sum(input, n, d, h, w, f);
              if (op.residual()) {
                sum += inputs[1][o + f];
              }
              output[o + f] = op.activation().apply(sum);
            }
          }
        }
      }
    }
  }

  private double sum(double[] input, int n, int d, int h, int w, int f) {
    int channels = op.channelsPerGroup();
    int firstChannel = f / op.filtersPerGroup() * channels;
    double sum = 0;
    for (int td = 0; td < window.kernel().get(0); td++) {
      int id = Grid.position(window, 0, d, td);
      for (int th = 0; th < window.kernel().get(1); th++) {
        int ih = Grid.position(window, 1, h, th);
        for (int tw = 0; tw < window.kernel().get(2); tw++) {
          int iw = Grid.position(window, 2, w, tw);
          if (!in.isInside(id, ih, iw)) {
            continue;
          }
          int i = in.at(n, id, ih, iw) + firstChannel;
          int tap = (td * window.kernel().get(1) + th) * window.kernel().get(2) + tw;
          for (int c = 0; c < channels; c++) {
            sum += input[i + c] * kernel[(tap * channels + c) * out.channels() + f];
          }
        }
      }
    }
    return sum;
  }
}
