package org.conv4j.team;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many threads of the whole system want a processor. Reads the number from the fourth field of
 * Linux's {@code /proc/loadavg}, running/all, in some microseconds. It counts all processors of the
 * system, so it tells something only to a process that may use them all. Looking allocates nothing.
 * Safe for any thread.
 */
final class SystemLoad {
  private static final int FIELDS_BEFORE = 3;

  private final int processors;

  /** Null where nothing can be known. A channel would be closed by an interrupt of a caller. */
  private final RandomAccessFile file;

  private final byte[] text = new byte[128];

  /**
   * Opens the file.
   *
   * @param load what is read
   * @param online lists the system's processors, as {@code 0-3,5}
   * @param processors how many this process may use
   */
  SystemLoad(Path load, Path online, int processors) {
    this.processors = processors;
    RandomAccessFile opened = null;
    try {
      if (count(Files.readString(online).strip()) == processors) {
        opened = new RandomAccessFile(load.toFile(), "r");
      }
    } catch (IOException | RuntimeException unknown) {
      // Then nothing is known.
    }
    file = opened;
  }

  static SystemLoad ofThisSystem(int processors) {
    return new SystemLoad(
        Path.of("/proc/loadavg"), Path.of("/sys/devices/system/cpu/online"), processors);
  }

  private static int count(String list) {
    int count = 0;
    for (String range : list.split(",")) {
      String[] ends = range.split("-");
      count += 1 + Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]);
    }
    return count;
  }

  /** Returns whether a processor is free; false if that cannot be known. */
  boolean hasFreeProcessor() {
    int threads = running();
    return threads > 0 && threads < processors;
  }

  /** 0 if the system does not tell. */
  private synchronized int running() {
    if (file == null) {
      return 0;
    }
    try {
      file.seek(0);
      return fourthField(file.read(text));
    } catch (IOException unknown) {
      return 0;
    }
  }

  private int fourthField(int length) {
    int at = 0;
    for (int spaces = 0; spaces < FIELDS_BEFORE && at < length; at++) {
      if (text[at] == ' ') {
        spaces++;
      }
    }
    int number = 0;
    for (; at < length && text[at] >= '0' && text[at] <= '9'; at++) {
      number = 10 * number + text[at] - '0';
    }
    return number;
  }
}
