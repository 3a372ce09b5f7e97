package org.conv4j.tensor.internal;

import java.lang.ref.Cleaner;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.conv4j.service.Services;

/**
 * Takes blocks from {@link LargeBlocks}, and from the JVM what is too much. The JVM collects
 * garbage when direct memory runs out, which frees what was forgotten to be closed; this gives way
 * to it after as much memory as the JVM allows by itself.
 */
final class LargeBlockAllocator implements DirectBuffers.Allocator {
  private static final Cleaner CLEANER = Cleaner.create();

  private final DirectBuffers.Allocator others;
  private final LargeBlocks source;
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  LargeBlockAllocator(DirectBuffers.Allocator others, LargeBlocks source, long limit) {
    this.others = others;
    this.source = source;
    this.limit = limit;
  }

  /** Adds the source of this process to an allocator, if there is one. */
  static DirectBuffers.Allocator over(DirectBuffers.Allocator others) {
    List<LargeBlocks> sources = Services.of(LargeBlocks.class);
    return sources.isEmpty()
        ? others
        : new LargeBlockAllocator(others, sources.get(0), Runtime.getRuntime().maxMemory());
  }

  @Override
  public DirectBuffers.Block allocate(int bytes) {
    DirectBuffers.Block block = large(bytes);
    return block == null ? others.allocate(bytes) : block;
  }

  /** How much is in use, for messages. */
  String use() {
    return used.get() + " of " + limit + " bytes";
  }

  private DirectBuffers.Block large(int bytes) {
    if (used.addAndGet(bytes) > limit) {
      used.addAndGet(-bytes);
      return null;
    }
    LargeBlocks.Block block = null;
    try {
      block = source.allocate(bytes);
    } finally {
      if (block == null) {
        used.addAndGet(-bytes);
      }
    }
    return block == null ? null : guarded(block, bytes);
  }

  private DirectBuffers.Block guarded(LargeBlocks.Block block, int bytes) {
    Runnable free = block.free();
    Cleaner.Cleanable cleanable =
        CLEANER.register(
            block.buffer(),
            () -> {
              free.run();
              used.addAndGet(-bytes);
            });
    return new DirectBuffers.Block(block.buffer(), cleanable::clean);
  }
}
