package org.conv4j.tensor.internal;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.List;
import org.conv4j.error.EngineUnavailableException;
import org.conv4j.service.Services;

/**
 * Addresses and buffers over them, which Java has not before version 22; {@link
 * java.util.ServiceLoader} finds who has. Safe for any thread.
 */
public interface Addresses {
  /**
   * Views memory as a buffer.
   *
   * @param address where it begins
   * @param bytes how much
   * @return a direct buffer in native byte order, which owns nothing
   */
  ByteBuffer at(long address, int bytes);

  /**
   * Returns where a direct buffer's memory begins.
   *
   * @param buffer the buffer, whose position is 0
   * @return the address
   */
  long of(Buffer buffer);

  /**
   * Returns the first implementation.
   *
   * @return it
   * @throws EngineUnavailableException if there is none
   */
  static Addresses get() {
    return Found.get();
  }

  /** Looked for when the first address is needed. */
  final class Found {
    private static final List<Addresses> ALL = Services.of(Addresses.class);

    private Found() {}

    private static Addresses get() {
      if (ALL.isEmpty()) {
        throw new EngineUnavailableException(
            "Memory can be viewed by its address with conv4j-onednn only, which is not on the class"
                + " path.");
      }
      return ALL.get(0);
    }
  }
}
