package org.conv4j.testkit.fuzz;

import java.io.IOException;
import java.nio.file.Path;

/** Something that random cases are tried on. Has a public constructor without parameters. */
public interface FuzzTarget {
  /**
   * Makes the case that follows from a seed.
   *
   * @param seed decides it
   * @return the case
   */
  FuzzCase random(long seed);

  /**
   * Reads a case that was written.
   *
   * @param file the file
   * @return the case
   * @throws IOException if it cannot be read
   */
  FuzzCase read(Path file) throws IOException;
}
