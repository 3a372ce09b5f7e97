package org.conv4j.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Files that are downloaded, not committed: {@code real_files.sh} puts them into a folder, which
 * the system property {@code conv4j.onnx.files} or the environment variable {@code
 * CONV4J_ONNX_FILES} names.
 */
public final class RealFiles {
  private RealFiles() {}

  /** The folder, if it has a file; otherwise the test is skipped, and says which file it needs. */
  public static Path folderWith(String file) {
    String given = System.getProperty("conv4j.onnx.files", System.getenv("CONV4J_ONNX_FILES"));
    Path folder = given == null || given.isEmpty() ? null : Path.of(given);
    Assumptions.assumeTrue(
        folder != null && Files.exists(folder.resolve(file)),
        () -> "This needs " + file + ", which real_files.sh downloads.");
    return folder;
  }
}
