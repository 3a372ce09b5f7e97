package org.conv4j.bytes;

import java.nio.ByteBuffer;

/** A part of other bytes. */
record ByteRange(Bytes whole, long start, long size, String source) implements Bytes {
  @Override
  public void read(long position, ByteBuffer target) {
    requireRange(position, target.remaining());
    whole.read(start + position, target);
  }

  @Override
  public void requireUnchanged() {
    whole.requireUnchanged();
  }
}
