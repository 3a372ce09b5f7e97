package org.conv4j.testkit.fuzz;

import java.io.IOException;
import java.nio.file.Path;

/** One case, legal or illegal. */
public interface FuzzCase {
  /**
   * Writes the case, so that it can be tried again.
   *
   * @param file the file
   * @throws IOException if it cannot be written
   */
  void write(Path file) throws IOException;

  /**
   * Tries the case.
   *
   * @param work a folder for files
   * @return what came of it in a word or two, for statistics
   * @throws IOException if a file cannot be written
   * @throws AssertionError if an answer is wrong
   * @throws RuntimeException if anything but an exception of ours was thrown
   */
  String run(Path work) throws IOException;
}
