package org.conv4j.layer.attention;

import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.function.BinaryFunction;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.op.MatMul;
import org.conv4j.op.Softmax;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;

/** What becomes of scores: weights that add up to 1, then mixtures of values. */
final class Attending {
  private static final IntTuple SWAPPED = IntTuple.of(0, 2, 1);

  private Attending() {}

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
