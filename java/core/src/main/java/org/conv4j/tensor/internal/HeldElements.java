package org.conv4j.tensor.internal;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.conv4j.tensor.Tensor;

/**
 * Unguarded access to memory, for engines: the caller owns it or holds {@link TensorAccess#memory}
 * by {@link Memory#acquire}, as a session does for its engine. Nothing is allocated, and no buffer
 * is handed out that would delay the freeing of the memory.
 */
public final class HeldElements {
  private static final TensorAccess ACCESS = TensorAccess.get();

  private HeldElements() {}

  /**
   * Copies all elements of a tensor of any type into an array.
   *
   * @param tensor the tensor
   * @param target receives the elements, as many as the tensor has
   */
  public static void read(Tensor tensor, double[] target) {
    ACCESS.read(tensor, target);
  }

  /**
   * Overwrites all elements of a tensor of any type.
   *
   * @param tensor the tensor
   * @param values the new elements, as many as the tensor has
   */
  public static void write(Tensor tensor, double[] values) {
    ACCESS.write(tensor, values);
  }

  /**
   * Copies neighbouring elements of a float32 tensor into an array.
   *
   * @param tensor the tensor
   * @param from the first element
   * @param target receives the elements
   * @param at where the first goes
   * @param count how many
   */
  public static void read(Tensor tensor, int from, float[] target, int at, int count) {
    ACCESS.floats(tensor).get(from, target, at, count);
  }

  /**
   * Copies neighbouring elements of a float64 tensor into an array.
   *
   * @param tensor the tensor
   * @param from the first element
   * @param target receives the elements
   * @param at where the first goes
   * @param count how many
   */
  public static void read(Tensor tensor, int from, double[] target, int at, int count) {
    ACCESS.doubles(tensor).get(from, target, at, count);
  }

  /**
   * Overwrites neighbouring elements of a float32 tensor.
   *
   * @param tensor the tensor
   * @param from the first element
   * @param values the new elements
   * @param at where the first comes from
   * @param count how many
   */
  public static void write(Tensor tensor, int from, float[] values, int at, int count) {
    ACCESS.floats(tensor).put(from, values, at, count);
  }

  /**
   * Overwrites neighbouring elements of a float64 tensor.
   *
   * @param tensor the tensor
   * @param from the first element
   * @param values the new elements
   * @param at where the first comes from
   * @param count how many
   */
  public static void write(Tensor tensor, int from, double[] values, int at, int count) {
    ACCESS.doubles(tensor).put(from, values, at, count);
  }

  /**
   * Copies the first elements of a tensor to the beginning of another one of its type.
   *
   * @param source the tensor
   * @param target the other one, which does not overlap it
   * @param count how many
   */
  public static void copy(Tensor source, Tensor target, int count) {
    FloatBuffer floats = ACCESS.floats(source);
    if (floats != null) {
      ACCESS.floats(target).put(0, floats, 0, count);
    } else {
      ACCESS.doubles(target).put(0, ACCESS.doubles(source), 0, count);
    }
  }

  /**
   * Copies all elements of a tensor to the beginning of a block.
   *
   * @param tensor the tensor
   * @param target an open block that does not overlap the tensor and is at least as large
   */
  public static void copy(Tensor tensor, Memory target) {
    ByteBuffer bytes = bytes(target);
    FloatBuffer floats = ACCESS.floats(tensor);
    if (floats != null) {
      bytes.asFloatBuffer().put(0, floats, 0, floats.limit());
    } else {
      DoubleBuffer doubles = ACCESS.doubles(tensor);
      bytes.asDoubleBuffer().put(0, doubles, 0, doubles.limit());
    }
  }

  /**
   * Returns a block as bytes, like {@link Memory#bytes} but without keeping it alive: the buffer
   * must not be used once the block is freed.
   *
   * @param memory an open block
   * @return a new buffer over the block, in native order
   */
  public static ByteBuffer bytes(Memory memory) {
    memory.requireOpen();
    return memory.unguardedBytes();
  }
}
