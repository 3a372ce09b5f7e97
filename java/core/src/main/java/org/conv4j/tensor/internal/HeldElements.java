package org.conv4j.tensor.internal;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/**
 * Unguarded access to memory, for engines: the caller owns it or holds {@link #memory} by {@link
 * Memory#acquire}, as a session does for its engine. Nothing is allocated, and no buffer is handed
 * out that would delay the freeing of the memory.
 */
public final class HeldElements {
  /** An address that is not known yet. */
  public static final long UNRESOLVED = 0;

  private HeldElements() {}

  /**
   * Returns the memory that a tensor is a view of, to guard it around native calls.
   *
   * @param tensor the tensor
   * @return the block, shared with every view of it
   */
  public static Memory memory(TensorMemory tensor) {
    return tensor.memory;
  }

  /**
   * Returns the elements of a tensor of float32.
   *
   * @param tensor the tensor
   * @return the tensor's own buffer, not to be kept; null if it is of another type
   */
  public static FloatBuffer floats(TensorMemory tensor) {
    return tensor.floats;
  }

  /**
   * Returns the elements of a tensor of float64.
   *
   * @param tensor the tensor
   * @return the tensor's own buffer, not to be kept; null if it is of another type
   */
  public static DoubleBuffer doubles(TensorMemory tensor) {
    return tensor.doubles;
  }

  /**
   * Returns the elements of a tensor of any type.
   *
   * @param tensor the tensor
   * @return the tensor's own buffer, not to be kept
   */
  public static Buffer elements(TensorMemory tensor) {
    return tensor.elements;
  }

  /**
   * Returns the address that {@link #keepAddress} kept.
   *
   * @param tensor the tensor
   * @return the address, or {@link #UNRESOLVED}
   */
  public static long address(TensorMemory tensor) {
    return tensor.address;
  }

  /**
   * Keeps the address of a tensor's first element, which is valid while {@link #memory} is
   * acquired.
   *
   * @param tensor the tensor
   * @param address the address
   */
  public static void keepAddress(TensorMemory tensor, long address) {
    tensor.address = address;
  }

  /**
   * Copies all elements of a tensor of any type into an array.
   *
   * @param tensor the tensor
   * @param target receives the elements, as many as the tensor has
   */
  public static void read(TensorMemory tensor, double[] target) {
    if (tensor.doubles != null) {
      tensor.doubles.get(0, target);
      return;
    }
    for (int i = 0; i < target.length; i++) {
      target[i] = tensor.access.get(tensor.elements, i);
    }
  }

  /**
   * Overwrites all elements of a tensor of any type.
   *
   * @param tensor the tensor
   * @param values the new elements, as many as the tensor has
   */
  public static void write(TensorMemory tensor, double[] values) {
    if (tensor.doubles != null) {
      tensor.doubles.put(0, values);
      return;
    }
    for (int i = 0; i < values.length; i++) {
      tensor.access.put(tensor.elements, i, values[i]);
    }
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
  public static void read(TensorMemory tensor, int from, float[] target, int at, int count) {
    tensor.floats.get(from, target, at, count);
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
  public static void read(TensorMemory tensor, int from, double[] target, int at, int count) {
    tensor.doubles.get(from, target, at, count);
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
  public static void write(TensorMemory tensor, int from, float[] values, int at, int count) {
    tensor.floats.put(from, values, at, count);
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
  public static void write(TensorMemory tensor, int from, double[] values, int at, int count) {
    tensor.doubles.put(from, values, at, count);
  }

  /**
   * Copies the first elements of a tensor to the beginning of another one of its type.
   *
   * @param source the tensor
   * @param target the other one, which does not overlap it
   * @param count how many
   */
  public static void copy(TensorMemory source, TensorMemory target, int count) {
    source.access.copy(source.elements, 0, target.elements, 0, count);
  }

  /**
   * Copies all elements of a tensor to the beginning of a block.
   *
   * @param tensor the tensor
   * @param target an open block that does not overlap the tensor and is at least as large
   */
  public static void copy(TensorMemory tensor, Memory target) {
    store(tensor, 0, bytes(target), tensor.elements.capacity());
  }

  /**
   * Copies some elements of a tensor of any type to where a buffer is, whose position stays.
   *
   * @param tensor the tensor
   * @param first the first element
   * @param target receives them in its own byte order
   * @param count how many
   */
  public static void store(TensorMemory tensor, int first, ByteBuffer target, int count) {
    tensor.access.copy(tensor.elements, first, tensor.access.view(target), 0, count);
  }

  /**
   * Overwrites one element of a tensor of any type.
   *
   * @param tensor the tensor
   * @param at the element
   * @param value its new value
   */
  public static void put(TensorMemory tensor, int at, double value) {
    tensor.access.put(tensor.elements, at, value);
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
