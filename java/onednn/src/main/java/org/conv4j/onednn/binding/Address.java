package org.conv4j.onednn.binding;

import java.nio.Buffer;
import org.bytedeco.javacpp.Pointer;
import org.conv4j.engine.Scratchpad;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.HeldElements;
import org.conv4j.tensor.internal.Memory;

/**
 * A pointer whose address can be set, so that a native call needs no new object. It owns nothing
 * and keeps nothing alive. Not thread-safe.
 */
public final class Address extends Pointer {
  public Address() {
    super((Pointer) null);
  }

  /** Points at an address. */
  public Address at(long value) {
    address = value;
    return this;
  }

  /** Points at the first byte of a block, which the caller keeps open. */
  public static Address of(Memory memory) {
    return new Address().at(of(HeldElements.bytes(memory)));
  }

  /** Points at the first byte of a scratchpad that must have as many bytes. */
  public static Address of(Scratchpad scratchpad, long bytes) {
    return new Address().at(of(scratchpad.buffer(bytes)));
  }

  /** Where a tensor's elements are; the caller holds the tensor's memory. */
  public static long of(Tensor tensor) {
    long known = HeldElements.address(tensor);
    if (known == HeldElements.UNRESOLVED) {
      known = of(HeldElements.elements(tensor));
      HeldElements.keepAddress(tensor, known);
    }
    return known;
  }

  /** The same of a tensor that must have as many bytes: anybody may hand over another one. */
  public static long of(Tensor tensor, long bytes) {
    if (tensor.shape().elementCount() * tensor.dataType().bytes() < bytes) {
      throw new ShapeMismatchException(
          "A tensor of %d bytes is needed; given %s.".formatted(bytes, tensor));
    }
    return of(tensor);
  }

  /** Throws if two blocks overlap: a kernel that writes one while it reads the other goes wrong. */
  public static void requireDisjoint(long input, long inputBytes, long output, long outputBytes) {
    if (input < output + outputBytes && output < input + inputBytes) {
      throw new InvalidBufferException("The output's memory overlaps the input's.");
    }
  }

  private static long of(Buffer buffer) {
    return new Pointer(buffer).address();
  }
}
