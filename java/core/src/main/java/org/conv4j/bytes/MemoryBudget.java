package org.conv4j.bytes;

import org.conv4j.error.MalformedFileException;

/**
 * Bounds the memory that the contents of a file may take. Compression and widening let a sound file
 * grow by a small factor; a small one may grow by more, because the absolute size is harmless. Safe
 * for any thread.
 */
public final class MemoryBudget {
  /** Bytes widened to 64 bits grow by 8; random weights do not compress. */
  private static final long MAX_EXPANSION = 16;

  private static final long HARMLESS_BYTES = 1 << 26;

  private final Bytes file;
  private final long limit;
  private long left;

  /**
   * Creates the budget of a file.
   *
   * @param file the file's bytes
   */
  public MemoryBudget(Bytes file) {
    this.file = file;
    this.limit = Math.max(HARMLESS_BYTES, MAX_EXPANSION * file.size());
    this.left = limit;
  }

  /**
   * Returns the whole budget.
   *
   * @return bytes
   */
  public long limit() {
    return limit;
  }

  /**
   * Takes memory before it is allocated.
   *
   * @param bytes how much
   * @throws MalformedFileException if the file would take too much
   */
  public synchronized void take(long bytes) {
    if (bytes < 0 || bytes > left) {
      throw new MalformedFileException(
          "%s has %d bytes but its contents would take more than %d."
              .formatted(file.source(), file.size(), limit));
    }
    left -= bytes;
  }
}
