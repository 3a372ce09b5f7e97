package org.conv4j.reference.loops;

import org.conv4j.op.Resize;
import org.conv4j.op.ResizeWeights;
import org.conv4j.reference.index.Grid;

/**
 * The definition of {@link Resize}: for every output element, the sum of the inputs that each axis
 * names, times the weights that it gives them.
 */
final class ResizeLoops implements Loops {
  private final Grid in;
  private final Grid out;
  private final ResizeWeights depth;
  private final ResizeWeights height;
  private final ResizeWeights width;

  ResizeLoops(Resize op) {
    in = Grid.of(op.input());
    out = Grid.of(op.output());
    depth = ResizeWeights.of(op, in.depth(), out.depth());
    height = ResizeWeights.of(op, in.height(), out.height());
    width = ResizeWeights.of(op, in.width(), out.width());
  }

  @Override
  public void run(double[][] inputs, double[] output) {
    for (int n = 0; n < out.batch(); n++) {
      for (int d = 0; d < out.depth(); d++) {
        for (int h = 0; h < out.height(); h++) {
          for (int w = 0; w < out.width(); w++) {
            for (int c = 0; c < out.channels(); c++) {
              output[out.at(n, d, h, w) + c] = sample(inputs[0], n, d, h, w, c);
            }
          }
        }
      }
    }
  }

  private double sample(double[] input, int n, int d, int h, int w, int c) {
    double sum = 0;
    for (int td = 0; td < depth.taps(); td++) {
      for (int th = 0; th < height.taps(); th++) {
        for (int tw = 0; tw < width.taps(); tw++) {
          double weight = depth.weight(d, td) * height.weight(h, th) * width.weight(w, tw);
          int i = in.at(n, depth.input(d, td), height.input(h, th), width.input(w, tw)) + c;
          sum += weight * input[i];
        }
      }
    }
    return sum;
  }
}
