package org.conv4j.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the processes of one run leave things for each other. */
public final class WorkDirectory {
  /** The system property that names it; JMH passes it on to the processes it forks. */
  static final String PROPERTY = "conv4j.bench.work";

  private WorkDirectory() {}

  /**
   * Returns a folder, made if need be; in a temporary place outside a run.
   *
   * @param name its name
   * @return the folder
   */
  public static Path folder(String name) {
    try {
      String given = System.getProperty(PROPERTY);
      if (given == null) {
        given = Files.createTempDirectory("conv4j-bench").toString();
        System.setProperty(PROPERTY, given);
      }
      return Files.createDirectories(Path.of(given, name));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A file name that holds an id. */
  static String fileName(String id, String suffix) {
    return id.replaceAll("[^A-Za-z0-9_.-]", "_") + suffix;
  }
}
