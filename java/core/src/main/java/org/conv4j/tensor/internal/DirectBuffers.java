package org.conv4j.tensor.internal;

import java.nio.ByteBuffer;
import org.conv4j.error.OutOfMemoryException;

/**
 * Direct memory that can be freed at once, by whatever the running JDK offers for it: arenas since
 * version 22, and before that {@code sun.misc.Unsafe}, of which newer versions warn. Where neither
 * works the garbage collector frees the memory.
 */
final class DirectBuffers {
  private static final Allocator ALLOCATOR = allocator();

  private DirectBuffers() {}

  /** Makes blocks in one way. */
  interface Allocator {
    Block allocate(int bytes);
  }

  /**
   * A block of zeros.
   *
   * @param buffer the only root of buffers over the block; as long as one is reachable, the garbage
   *     collector leaves the block alone
   * @param free frees the block at once; a second call does nothing
   */
  record Block(ByteBuffer buffer, Runnable free) {}

  /**
   * Allocates a block.
   *
   * @throws OutOfMemoryException if there is no more memory to be had
   */
  static Block allocate(int bytes) {
    try {
      return bytes < LargeBlocks.LEAST_BYTES
          ? ALLOCATOR.allocate(bytes)
          : WithLargeBlocks.ALLOCATOR.allocate(bytes);
    } catch (OutOfMemoryError exhausted) {
      throw exhausted(bytes, exhausted);
    }
  }

  /** The JVM's message tells what is in use and what the limit is. */
  private static OutOfMemoryException exhausted(int bytes, OutOfMemoryError exhausted) {
    String others =
        bytes >= LargeBlocks.LEAST_BYTES
                && WithLargeBlocks.ALLOCATOR instanceof LargeBlockAllocator large
            ? " Large blocks take " + large.use() + " beside them."
            : "";
    return new OutOfMemoryException(
        ("There is no memory for %d bytes outside the heap: %s.%s The option"
                + " -XX:MaxDirectMemorySize raises the limit, which by default is that of the heap,"
                + " -Xmx; closing tensors, sessions and plans frees memory.")
            .formatted(bytes, exhausted.getMessage(), others),
        exhausted);
  }

  /** Looked for when the first large block is needed. */
  private static final class WithLargeBlocks {
    static final Allocator ALLOCATOR = LargeBlockAllocator.over(DirectBuffers.ALLOCATOR);
  }

  private static Allocator allocator() {
    try {
      return Runtime.version().feature() >= ArenaAllocator.SINCE
          ? new ArenaAllocator()
          : new UnsafeAllocator();
    } catch (ReflectiveOperationException | RuntimeException unavailable) {
      return bytes -> new Block(ByteBuffer.allocateDirect(bytes), () -> {});
    }
  }
}
