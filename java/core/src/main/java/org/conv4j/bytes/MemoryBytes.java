package org.conv4j.bytes;

import java.nio.ByteBuffer;

/**
 * Bytes in memory.
 *
 * @param content the bytes, from 0 to the limit; not to be changed
 * @param source what messages call them
 */
public record MemoryBytes(ByteBuffer content, String source) implements Bytes {
  /**
   * Takes an array without copying it.
   *
   * @param content the bytes, not to be changed
   * @param source what messages call them
   */
  public MemoryBytes(byte[] content, String source) {
    this(ByteBuffer.wrap(content), source);
  }

  @Override
  public long size() {
    return content.limit();
  }

  @Override
  public void read(long position, ByteBuffer target) {
    requireRange(position, target.remaining());
    target.put(content.slice((int) position, target.remaining()));
  }
}
