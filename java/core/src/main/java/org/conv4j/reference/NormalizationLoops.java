package org.conv4j.reference;

import java.util.List;
import org.conv4j.op.Normalization;
import org.conv4j.shape.Shape;

/**
 * The definition of {@link Normalization}, in two passes, the second of which sees the mean.
 *
 * <pre>out[i] = (in[i] - centre[set(i)]) / size[set(i)] * scale[i] + shift[i]</pre>
 */
final class NormalizationLoops implements Loops {
  private final Normalization op;

  /** For each element, its set. */
  private final StridedWalk set;

  private final int sets;

  /** For each element, its scale and its shift. */
  private final StridedWalk parameter;

  private final List<double[]> parameters;

  NormalizationLoops(Normalization op, List<double[]> weights) {
    this.op = op;
    Shape setsShape = op.sets();
    set = StridedWalk.broadcast(op.input(), setsShape);
    sets = (int) setsShape.elementCount();
    parameter = StridedWalk.broadcast(op.input(), op.parameters());
    parameters = weights;
  }

  @Override
  public void run(double[][] inputs, double[] output) {
    double[] input = inputs[0];
    double[] centre =
        op.kind() == Normalization.Kind.STANDARD
            ? means(input, 1, new double[sets])
            : new double[sets];
    double[] size = means(input, 2, centre);
    for (int s = 0; s < sets; s++) {
      size[s] =
          switch (op.kind()) {
            case STANDARD, ROOT_MEAN_SQUARE -> Math.sqrt(size[s] + op.epsilon());
            case EUCLIDEAN -> Math.max(Math.sqrt(size[s] * (input.length / sets)), op.epsilon());
          };
    }
    for (int i = 0; i < input.length; i++) {
      int s = set.at(i);
      double value = (input[i] - centre[s]) / size[s];
      if (op.scale()) {
        value *= parameters.get(0)[parameter.at(i)];
      }
      if (op.shift()) {
        value += parameters.get(op.scale() ? 1 : 0)[parameter.at(i)];
      }
      output[i] = value;
    }
  }

  /** For each set, the mean of a power of the elements' distance from the centre. */
  private double[] means(double[] input, int power, double[] centre) {
    double[] means = new double[sets];
    for (int i = 0; i < input.length; i++) {
      double distance = input[i] - centre[set.at(i)];
      means[set.at(i)] += power == 1 ? distance : distance * distance;
    }
    for (int s = 0; s < sets; s++) {
      means[s] /= input.length / sets;
    }
    return means;
  }
}
