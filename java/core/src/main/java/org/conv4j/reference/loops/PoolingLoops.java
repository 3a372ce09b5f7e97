package org.conv4j.reference.loops;

import org.conv4j.function.PoolingKind;
import org.conv4j.op.Pooling;
import org.conv4j.reference.index.Grid;
import org.conv4j.shape.Window;

/**
 * The definition of {@link Pooling}: the largest element, or the sum divided by the count, of
 * {@code in[n, o * s - p + t * d, c]} over all taps {@code t} that fall inside the input.
 */
final class PoolingLoops implements Loops {
  private final Pooling op;
  private final Window window;
  private final Grid in;
  private final Grid out;
  private final double lowest;

  PoolingLoops(Pooling op, double lowest) {
    this.op = op;
    this.lowest = lowest;
    this.window = Grid.threeDimensional(op.window());
    this.in = Grid.of(op.input());
    this.out = Grid.of(op.output());
  }

  @Override
  public void run(double[][] inputs, double[] output) {
    for (int n = 0; n < out.batch(); n++) {
      for (int d = 0; d < out.depth(); d++) {
        for (int h = 0; h < out.height(); h++) {
          for (int w = 0; w < out.width(); w++) {
            for (int c = 0; c < out.channels(); c++) {
              output[out.at(n, d, h, w) + c] = pooled(inputs[0], n, d, h, w, c);
            }
          }
        }
      }
    }
  }

  private double pooled(double[] input, int n, int d, int h, int w, int c) {
    double max = lowest;
    double sum = 0;
    int count = 0;
    for (int td = 0; td < window.kernel().get(0); td++) {
      int id = Grid.position(window, 0, d, td);
      for (int th = 0; th < window.kernel().get(1); th++) {
        int ih = Grid.position(window, 1, h, th);
        for (int tw = 0; tw < window.kernel().get(2); tw++) {
          int iw = Grid.position(window, 2, w, tw);
          if (in.isInside(id, ih, iw)) {
            double element = input[in.at(n, id, ih, iw) + c];
            max = element > max ? element : max;
            sum += element;
            count++;
          }
        }
      }
    }
    return op.kind() == PoolingKind.MAX ? max : sum / count;
  }
}
