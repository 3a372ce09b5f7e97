package org.conv4j.testkit.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that this process has held. Only Linux tells. */
final class ResidentPeak {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ResidentPeak() {}

  /** Returns 0 if it is not known. */
  static long kilobytes() throws IOException {
    if (Files.exists(STATUS)) {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    }
    return 0;
  }
}
