package org.conv4j.tensor.internal;

import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/**
 * What a tensor is besides its type and shape: numbers in a block of memory. Tensors extend it, and
 * engines read it by {@link HeldElements}; applications see nothing of it.
 */
public abstract class TensorMemory {
  final Memory memory;

  /** Null if the numbers are doubles. */
  final FloatBuffer floats;

  /** Null if the numbers are floats. */
  final DoubleBuffer doubles;

  volatile long address = HeldElements.UNRESOLVED;

  /**
   * Creates the memory of a tensor.
   *
   * @param memory the block
   * @param elements a buffer of floats or doubles over the part of the block that the tensor views
   */
  protected TensorMemory(Memory memory, Buffer elements) {
    this.memory = memory;
    this.floats = elements instanceof FloatBuffer buffer ? buffer : null;
    this.doubles = elements instanceof DoubleBuffer buffer ? buffer : null;
  }
}
