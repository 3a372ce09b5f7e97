package org.conv4j.tuning;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was found out earlier: a text file with a line for each op, the oldest first. It is a hint.
 * A file that cannot be read is an empty one, what cannot be written is forgotten, and processes
 * that write at the same time lose at most what the others found: a new file replaces the old one
 * in one step, so that nobody reads half of it. Safe for any thread.
 *
 * @param file the file, which need not exist
 */
record TuningCache(Path file) {
  /** The most lines that are kept; some networks' worth. */
  static final int MAX_ENTRIES = 4096;

  /** Files that this class writes are smaller; a larger one is not read. */
  static final long MAX_BYTES = 8L << 20;

  /** The first line; another format gets another number. */
  static final String HEADER = "conv4j tuning 1";

  private static final System.Logger LOGGER = System.getLogger(TuningCache.class.getName());
  private static final Object WRITING = new Object();

  /**
   * Returns what was stored for a key.
   *
   * @return any text: the file may be damaged
   */
  Optional<String> find(String key) {
    return Optional.ofNullable(read().get(line(key)));
  }

  /** Stores a value of one line. */
  void put(String key, String value) {
    synchronized (WRITING) {
      Map<String, String> entries = read();
      entries.remove(line(key));
      entries.put(line(key), line(value));
      try {
        write(entries);
      } catch (IOException | RuntimeException failure) {
        // A security manager's or a file system's refusal is as good as a full disk.
        LOGGER.log(System.Logger.Level.DEBUG, "Cannot write the tuning cache " + file, failure);
      }
    }
  }

  private Map<String, String> read() {
    Map<String, String> entries = new LinkedHashMap<>();
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        return entries;
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      // The last piece is empty, or a line that was cut off.
      String[] lines = text.split("\n", -1);
      if (!lines[0].equals(HEADER)) {
        return entries;
      }
      for (int i = 1; i < lines.length - 1; i++) {
        int tab = lines[i].indexOf('\t');
        if (tab > 0) {
          entries.put(lines[i].substring(0, tab), lines[i].substring(tab + 1));
        }
      }
    } catch (IOException | RuntimeException failure) {
      LOGGER.log(System.Logger.Level.DEBUG, "Cannot read the tuning cache " + file, failure);
    }
    return entries;
  }

  private void write(Map<String, String> entries) throws IOException {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    entries.entrySet().stream()
        .skip(Math.max(0, entries.size() - MAX_ENTRIES))
        .forEach(
            entry ->
                text.append(entry.getKey()).append('\t').append(entry.getValue()).append('\n'));
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path written = Files.createTempFile(directory, "tuning", ".tmp");
    try {
      Files.write(written, text.toString().getBytes(StandardCharsets.UTF_8));
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private static String line(String text) {
    return text.replaceAll("[\\t\\r\\n]", " ");
  }
}
