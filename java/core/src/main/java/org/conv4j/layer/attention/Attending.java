package org.conv4j.layer.attention;

import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.layer.Arguments;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.op.MatMul;
import org.conv4j.op.Softmax;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/** What becomes of scores: weights that add up to 1, then mixtures of values. */
final class Attending {
  private static final IntTuple SWAPPED = IntTuple.of(0, 2, 1);

  private Attending() {}

  /**
   * Checks a query, a value and perhaps a key, which is the value if it is missing: as many
   * examples in all, and as many values as keys.
   *
   * @throws ShapeMismatchException if they do not belong together
   */
  static void check(String name, List<Shape> inputs) {
    if (inputs.size() != 2 && inputs.size() != 3) {
      throw new ShapeMismatchException(
          "Layer '%s' takes a query, a value and perhaps a key; given %d inputs."
              .formatted(name, inputs.size()));
    }
    inputs.forEach(input -> Arguments.rank(name, 3, input));
    Shape query = inputs.get(0);
    Shape value = inputs.get(1);
    Shape key = inputs.get(inputs.size() - 1);
    if (Extents.differ(query.extent(0), value.extent(0))
        || Extents.differ(query.extent(0), key.extent(0))
        || Extents.differ(value.extent(1), key.extent(1))) {
      throw new ShapeMismatchException(
          "Layer '%s' needs a value and a key of one length, for as many examples as the query; given %s."
              .formatted(name, inputs));
    }
  }

  /**
   * Multiplies the rows of two matrices with each other.
   *
   * @param query {@code (batch, queries, depth)}
   * @param key {@code (batch, keys, depth)}
   * @return {@code (batch, queries, keys)}
   */
  static Value scores(Lowering lowering, String name, Value query, Value key) {
    Value columns = lowering.asSeen(name, lowering.permute(name, key, SWAPPED));
    return product(lowering, name, query, columns);
  }

  /**
   * Makes weights of scores.
   *
   * @param scores {@code (batch, queries, keys)}
   * @return weights of the same shape
   */
  static Value weights(Lowering lowering, String name, Value scores) {
    return lowering.append(
        name, new Softmax(scores.shape(), 2, false), scores, List.of(), DataFormat.CHANNELS_LAST);
  }

  /** Multiplies matrices, those of the batch with each other. */
  static Value product(Lowering lowering, String name, Value left, Value right) {
    MatMul product = new MatMul(left.shape(), right.shape());
    return lowering.append(
        name, product, List.of(left, right), List.of(), DataFormat.CHANNELS_LAST);
  }

  static Value binary(
      Lowering lowering, String name, BinaryFunction function, Value left, Value right) {
    Binary op = new Binary(left.shape(), right.shape(), function, Activation.LINEAR);
    return lowering.append(name, op, List.of(left, right), List.of(), DataFormat.CHANNELS_LAST);
  }
}
