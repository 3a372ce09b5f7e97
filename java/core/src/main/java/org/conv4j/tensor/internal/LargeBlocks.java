package org.conv4j.tensor.internal;

import java.nio.ByteBuffer;

/**
 * A source of large blocks of memory that is better than the JVM's. {@link Memory} finds the first
 * one with {@link java.util.ServiceLoader} and asks it for every block of {@link #LEAST_BYTES} or
 * more, from any thread.
 */
public interface LargeBlocks {
  /** Smaller blocks come from the JVM. */
  int LEAST_BYTES = 2 << 20;

  /**
   * Allocates a block.
   *
   * @param bytes its size, at least {@link #LEAST_BYTES}
   * @return the block; null if there is none to be had now, so that the JVM has to give it
   */
  Block allocate(int bytes);

  /**
   * A block of zeros.
   *
   * @param buffer a direct buffer over it, of the wanted capacity or a larger one
   * @param free frees the block; called once, after the last use, by any thread. It must not refer
   *     to the buffer, whose end it may have to wait for
   */
  record Block(ByteBuffer buffer, Runnable free) {}
}
