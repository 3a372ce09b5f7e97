package org.conv4j.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** How much memory this process holds besides the Java heap. Only Linux tells. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ResidentMemory() {}

  /** Bytes after a garbage collection; the heap grows and shrinks as the collector likes. */
  static long afterCollection() {
    Assumptions.assumeTrue(
        Files.isReadable(STATUS), "resident memory can be read from " + STATUS + " only");
    System.gc();
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmRSS:")) {
          long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024 - heap;
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    throw new AssertionError(STATUS + " has no VmRSS");
  }
}
