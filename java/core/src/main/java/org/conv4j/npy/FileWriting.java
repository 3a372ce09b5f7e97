package org.conv4j.npy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.conv4j.error.FileAccessException;

/** Writes whole files: after a failure the old file is still there, and no half of a new one. */
final class FileWriting {
  private FileWriting() {}

  /** Writes a file's bytes. */
  interface Body {
    void write(OutputStream stream) throws IOException;
  }

  static void replace(Path path, Body body) {
    try {
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        // A device or a pipe, such as /dev/stdout, is written in place; a directory fails here.
        try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(path))) {
          body.write(stream);
        }
        return;
      }
      Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      Path part = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".part");
      try {
        try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(part))) {
          body.write(stream);
        }
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException failure) {
      throw new FileAccessException(
          "Cannot write " + path + ": " + FileReading.reason(failure) + ".", failure);
    }
  }
}
