package org.conv4j.testkit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** How much memory this process holds besides the Java heap. Only Linux tells. */
final class ResidentMemory {
  private static final Path MAPPINGS = Path.of("/proc/self/smaps");

  /**
   * The Java heap lies below, where compressed pointers reach, and nothing else does. How much of
   * it was touched says nothing of what is held.
   */
  private static final long HEAP_END = 1L << 35;

  private ResidentMemory() {}

  /** Bytes after a garbage collection. */
  static long afterCollection() {
    Assumptions.assumeTrue(
        Files.isReadable(MAPPINGS), "resident memory can be read from " + MAPPINGS + " only");
    System.gc();
    long kibibytes = 0;
    boolean heap = false;
    try {
      for (String line : Files.readAllLines(MAPPINGS)) {
        int dash = line.indexOf('-');
        int space = line.indexOf(' ');
        if (dash > 0 && dash < space) {
          heap = Long.parseUnsignedLong(line, 0, dash, 16) < HEAP_END;
        } else if (!heap && line.startsWith("Rss:")) {
          kibibytes += Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    if (kibibytes == 0) {
      throw new AssertionError(MAPPINGS + " has no memory outside of the heap");
    }
    return kibibytes * 1024;
  }
}
