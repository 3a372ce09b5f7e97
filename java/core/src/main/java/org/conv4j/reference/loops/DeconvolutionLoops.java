package org.conv4j.reference.loops;

import java.util.List;
import org.conv4j.op.Deconvolution;
import org.conv4j.reference.index.Grid;
import org.conv4j.shape.Window;

/**
 * The definition of {@link Deconvolution}: every input element adds its multiple of the kernel.
 *
 * <pre>sum[n, i * s - p + t * d, f] += in[n, i, c] * k[t, f, c];  out = act(bias + sum)</pre>
 */
final class DeconvolutionLoops implements Loops {
  private final Deconvolution op;
  private final Window window;
  private final Grid in;
  private final Grid out;
  private final double[] kernel;
  private final double[] bias;

  DeconvolutionLoops(Deconvolution op, List<double[]> weights) {
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
    for (int o = 0; o < output.length; o++) {
      output[o] = bias[o % out.channels()];
    }
    for (int n = 0; n < in.batch(); n++) {
      for (int d = 0; d < in.depth(); d++) {
        for (int h = 0; h < in.height(); h++) {
          for (int w = 0; w < in.width(); w++) {
            scatter(input, output, n, d, h, w);
          }
        }
      }
    }
    for (int o = 0; o < output.length; o++) {
      output[o] = op.activation().apply(output[o]);
    }
  }

  private void scatter(double[] input, double[] output, int n, int d, int h, int w) {
    int i = in.at(n, d, h, w);
    for (int td = 0; td < window.kernel().get(0); td++) {
      int od = Grid.position(window, 0, d, td);
      for (int th = 0; th < window.kernel().get(1); th++) {
        int oh = Grid.position(window, 1, h, th);
        for (int tw = 0; tw < window.kernel().get(2); tw++) {
          int ow = Grid.position(window, 2, w, tw);
          if (!out.isInside(od, oh, ow)) {
            continue;
          }
          int o = out.at(n, od, oh, ow);
          int tap = (td * window.kernel().get(1) + th) * window.kernel().get(2) + tw;
          for (int f = 0; f < out.channels(); f++) {
            double sum = 0;
            for (int c = 0; c < in.channels(); c++) {
              sum += input[i + c] * kernel[(tap * out.channels() + f) * in.channels() + c];
            }
            output[o + f] += sum;
          }
        }
      }
    }
  }
}
