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
  final ElementAccess access;
  final Buffer elements;

  /** The elements; null if they are no floats. */
  final FloatBuffer floats;

  /** The elements; null if they are no doubles. */
  final DoubleBuffer doubles;

  volatile long address = HeldElements.UNRESOLVED;

  /**
   * Creates the memory of a tensor.
   *
   * @param memory the block
   * @param access how the elements are kept
   * @param elements a buffer over the part of the block that the tensor views
   */
  protected TensorMemory(Memory memory, ElementAccess access, Buffer elements) {
    this.memory = memory;
    this.access = access;
    this.elements = elements;
    this.floats = elements instanceof FloatBuffer buffer ? buffer : null;
    this.doubles = elements instanceof DoubleBuffer buffer ? buffer : null;
  }
}
