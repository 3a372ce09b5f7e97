package org.conv4j.plan;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The parts of an arena that no value occupies, while values come and go. Not thread-safe. */
final class FreeBlocks {
  /** Sizes by offset. Two blocks never touch. */
  private final TreeMap<Long, Long> byOffset = new TreeMap<>();

  private final TreeSet<Block> bySize = new TreeSet<>();
  private long end;

  private record Block(long bytes, long offset) implements Comparable<Block> {
    @Override
    public int compareTo(Block other) {
      int order = Long.compare(bytes, other.bytes);
      return order == 0 ? Long.compare(offset, other.offset) : order;
    }
  }

  /** Takes the smallest block that is large enough, or more memory at the end. */
  long take(long bytes) {
    Block block = bySize.ceiling(new Block(bytes, 0));
    if (block != null) {
      remove(block);
      if (block.bytes() > bytes) {
        add(new Block(block.bytes() - bytes, block.offset() + bytes));
      }
      return block.offset();
    }
    Map.Entry<Long, Long> last = byOffset.lastEntry();
    long offset = end;
    if (last != null && last.getKey() + last.getValue() == end) {
      offset = last.getKey();
      remove(new Block(last.getValue(), offset));
    }
    end = offset + bytes;
    return offset;
  }

  /** Gives back a block that was taken. */
  void give(long offset, long bytes) {
    if (bytes == 0) {
      return;
    }
    long begin = offset;
    long size = bytes;
    Map.Entry<Long, Long> before = byOffset.lowerEntry(offset);
    if (before != null && before.getKey() + before.getValue() == offset) {
      begin = before.getKey();
      size += before.getValue();
      remove(new Block(before.getValue(), begin));
    }
    Long after = byOffset.get(offset + bytes);
    if (after != null) {
      size += after;
      remove(new Block(after, offset + bytes));
    }
    add(new Block(size, begin));
  }

  /** How large the arena must be for all that was ever taken. */
  long end() {
    return end;
  }

  private void add(Block block) {
    byOffset.put(block.offset(), block.bytes());
    bySize.add(block);
  }

  private void remove(Block block) {
    byOffset.remove(block.offset());
    bySize.remove(block);
  }
}
