package org.conv4j.bytes;

import java.nio.ByteBuffer;
import java.util.List;

/** Several runs of bytes as one. */
public final class JoinedBytes implements Bytes {
  private final List<Bytes> parts;
  private final long[] ends;
  private final String source;

  /**
   * Joins parts without copying them.
   *
   * @param parts the parts in their order
   * @param source what messages call the whole
   */
  public JoinedBytes(List<? extends Bytes> parts, String source) {
    this.parts = List.copyOf(parts);
    this.source = source;
    ends = new long[parts.size()];
    long end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += parts.get(i).size();
      ends[i] = end;
    }
  }

  @Override
  public long size() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public void requireUnchanged() {
    parts.forEach(Bytes::requireUnchanged);
  }

  @Override
  public void read(long position, ByteBuffer target) {
    requireRange(position, target.remaining());
    int limit = target.limit();
    long at = position;
    for (int i = 0; target.position() < limit; i++) {
      if (at < ends[i]) {
        long left = ends[i] - at;
        target.limit((int) Math.min(limit, target.position() + left));
        at += target.remaining();
        parts.get(i).read(parts.get(i).size() - left, target);
      }
    }
  }
}
