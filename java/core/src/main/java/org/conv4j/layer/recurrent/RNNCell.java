package org.conv4j.layer.recurrent;

import java.util.List;
import java.util.Objects;
import org.conv4j.activation.RecurrentCell;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;
import org.conv4j.weights.WeightSpec;

/**
 * Keras's SimpleRNNCell, LSTMCell or GRUCell: what an {@link RNN} does at each step.
 *
 * <p>Weights, with the gates in the order of {@link RecurrentCell.Gate}: {@code kernel} of shape
 * {@code (channels, gates * units)}, {@code recurrent_kernel} of shape {@code (units, gates *
 * units)}, {@code bias} of shape {@code (gates * units)}, or, of a GRU that resets after the
 * product, {@code (2, gates * units)}: that of the kernel, then that of the recurrent kernel.
 *
 * @param kind what becomes of a step
 * @param units the size of its states
 * @param useBias whether biases are added
 */
public record RNNCell(RecurrentCell kind, int units, boolean useBias) {
  /**
   * Checks the arguments.
   *
   * @param kind see {@link #kind}
   * @param units see {@link #units}
   * @param useBias see {@link #useBias}
   */
  public RNNCell {
    Objects.requireNonNull(kind, "kind");
    if (units < 1) {
      throw new InvalidLayerException("A cell: units must be at least 1; given " + units + ".");
    }
  }

  int width() {
    return Math.multiplyExact(kind.gates(), units);
  }

  /** Whether the products with the recurrent kernel have a bias of their own. */
  boolean hasRecurrentBias() {
    return useBias && kind instanceof RecurrentCell.Gru gru && gru.resetAfter();
  }

  /** What it needs for an input of so many channels, by names after a prefix. */
  List<WeightSpec> weights(String prefix, long channels) {
    WeightSpec kernel = new WeightSpec(prefix + "kernel", Shape.of(channels, width()));
    WeightSpec recurrent = new WeightSpec(prefix + "recurrent_kernel", Shape.of(units, width()));
    if (!useBias) {
      return List.of(kernel, recurrent);
    }
    Shape bias = hasRecurrentBias() ? Shape.of(2, width()) : Shape.of(width());
    return List.of(kernel, recurrent, new WeightSpec(prefix + "bias", bias));
  }

  /** The row of the bias that belongs to the kernel, or, with 1, to the recurrent kernel. */
  Constant bias(Constant bias, int row) {
    if (!hasRecurrentBias()) {
      return bias;
    }
    double[] numbers = new double[width()];
    System.arraycopy(bias.elements(), row * numbers.length, numbers, 0, numbers.length);
    return Constant.of(Shape.of(numbers.length), numbers);
  }
}
