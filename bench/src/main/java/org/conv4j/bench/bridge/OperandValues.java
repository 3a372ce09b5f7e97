package org.conv4j.bench.bridge;

import org.conv4j.tensor.Tensor;

/**
 * The numbers that both sides compute with: integers so small that every sum is exact in float32.
 * The formulas are those of {@code native/baseline/buffer.hpp} and {@code chain.cpp}.
 */
final class OperandValues {
  private static final int OPERAND_SHIFT = 40;
  private static final long INCREMENT = 0x9E3779B97F4A7C15L;
  private static final long FIRST_FACTOR = 0xBF58476D1CE4E5B9L;
  private static final long SECOND_FACTOR = 0x94D049BB133111EBL;
  private static final int MAGNITUDE = 4;

  private static final long HASH_START = 0xCBF29CE484222325L;
  private static final long HASH_FACTOR = 0x100000001B3L;
  private static final long WORD = 0xFFFFFFFFL;

  private OperandValues() {}

  /** Fills an operand: number 0 is the input, then come the constants in the order of the ops. */
  static void fill(Tensor tensor, int operand) {
    float[] values = new float[Math.toIntExact(tensor.shape().elementCount())];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(operand, i);
    }
    tensor.copyFrom(values);
  }

  private static float value(long operand, long index) {
    long bits = (operand << OPERAND_SHIFT | index) + INCREMENT;
    bits = (bits ^ bits >>> 30) * FIRST_FACTOR;
    bits = (bits ^ bits >>> 27) * SECOND_FACTOR;
    return (bits >>> 33) % (2 * MAGNITUDE + 1) - MAGNITUDE;
  }

  /** Hashes elements that are integers. */
  static long digest(float[] elements) {
    long hash = HASH_START;
    for (float element : elements) {
      hash = (hash ^ (int) element & WORD) * HASH_FACTOR;
    }
    return hash;
  }
}
