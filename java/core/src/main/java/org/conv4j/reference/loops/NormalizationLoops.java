package org.conv4j.reference.loops;

import java.util.List;
import org.conv4j.op.Normalization;
import org.conv4j.reference.index.StridedWalk;
import org.conv4j.shape.Shape;

/**
 * The definition of {@link Normalization}, in two passes over each set, the second of which knows
 * the mean.
 *
 * <pre>out[i] = (in[i] - centre) / size * scale[i] + shift[i]</pre>
 */
final class NormalizationLoops implements Loops {
  private final Normalization op;

  /** For each set, where it starts. */
  private final StridedWalk sets;

  /** For each element of a set, where it lies from there. */
  private final StridedWalk elements;

  /** For each element of the input, its scale and its shift. */
  private final StridedWalk parameter;

  private final List<double[]> parameters;

  NormalizationLoops(Normalization op, List<double[]> weights) {
    this.op = op;
    int[] strides = StridedWalk.stridesOf(op.input());
    sets = StridedWalk.of(op.sets(), 0, strides);
    long[] set = new long[strides.length];
    for (int axis = 0; axis < set.length; axis++) {
      set[axis] = op.input().dim(axis) / op.sets().dim(axis);
    }
    elements = StridedWalk.of(Shape.of(set), 0, strides);
    parameter = StridedWalk.broadcast(op.input(), op.parameters());
    parameters = weights;
  }

  @Override
  public void run(double[][] inputs, double[] output) {
    for (int s = 0; s < sets.count(); s++) {
      normalize(inputs[0], output, sets.at(s));
    }
  }

  private void normalize(double[] input, double[] output, int first) {
    int count = elements.count();
    double centre = 0;
    if (op.kind() == Normalization.Kind.STANDARD) {
      for (int k = 0; k < count; k++) {
        centre += input[first + elements.at(k)];
      }
      centre /= count;
    }
    double squares = 0;
    for (int k = 0; k < count; k++) {
      double distance = input[first + elements.at(k)] - centre;
      squares += distance * distance;
    }
    double size =
        switch (op.kind()) {
          case STANDARD, ROOT_MEAN_SQUARE -> Math.sqrt(squares / count + op.epsilon());
          case EUCLIDEAN -> Math.max(Math.sqrt(squares), op.epsilon());
        };
    for (int k = 0; k < count; k++) {
      int i = first + elements.at(k);
      output[i] = (input[i] - centre) / size * scale(i) + shift(i);
    }
  }

  private double scale(int element) {
    return op.scale() ? parameters.get(0)[parameter.at(element)] : 1;
  }

  private double shift(int element) {
    return op.shift() ? parameters.get(op.scale() ? 1 : 0)[parameter.at(element)] : 0;
  }
}
