package org.conv4j.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processor that this process runs on. */
public final class Processor {
  private static final Path LINUX_DESCRIPTION = Path.of("/proc/cpuinfo");

  /** Linux says a name on x86, and numbers on ARM. */
  private static final List<String> LINUX_FIELDS =
      List.of("model name", "CPU implementer", "CPU part");

  private Processor() {}

  /**
   * Returns which model it is.
   *
   * @return the name that the operating system gives, or at least the architecture
   */
  public static String model() {
    String described = linuxModel();
    if (!described.isEmpty()) {
      return described;
    }
    String windows = System.getenv("PROCESSOR_IDENTIFIER");
    return windows == null ? System.getProperty("os.arch") : windows;
  }

  private static String linuxModel() {
    if (!Files.isReadable(LINUX_DESCRIPTION)) {
      return "";
    }
    try (Stream<String> lines = Files.lines(LINUX_DESCRIPTION)) {
      // An empty line ends what is said of the first processor.
      return lines
          .takeWhile(line -> !line.isBlank())
          .filter(line -> LINUX_FIELDS.stream().anyMatch(line::startsWith))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .collect(Collectors.joining(" "));
    } catch (IOException | RuntimeException unreadable) {
      return "";
    }
  }
}
