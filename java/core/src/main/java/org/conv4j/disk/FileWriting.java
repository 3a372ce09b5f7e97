package org.conv4j.disk;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;
import org.conv4j.error.FileAccessException;

/**
 * Writes whole files: after a failure the old file is still there, and no half of a new one. Safe
 * for any thread.
 */
public final class FileWriting {
  private FileWriting() {}

  /** Writes a file's bytes. */
  public interface Body {
    /**
     * Writes all of them.
     *
     * @param stream where to; buffered, and closed by the caller
     * @throws IOException if the system refuses
     */
    void write(OutputStream stream) throws IOException;
  }

  private static void copyPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView known = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    if (known != null) {
      Files.setPosixFilePermissions(to, known.readAttributes().permissions());
    }
  }

  /**
   * Writes a file, replacing an old one only when all is written. A device or a pipe is written in
   * place.
   *
   * @param path the file
   * @param body writes its bytes
   * @throws FileAccessException if it cannot be written
   */
  public static void replace(Path path, Body body) {
    try {
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        // A device or a pipe, such as /dev/stdout, is written in place; a directory fails here.
        try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(path))) {
          body.write(stream);
        }
        return;
      }
      boolean exists = Files.exists(path);
      Path target = exists ? path.toRealPath() : path.toAbsolutePath();
      // Files.createTempFile would make a file that only its owner may read.
      Path part = target.resolveSibling("." + target.getFileName() + UUID.randomUUID() + ".part");
      try {
        try (OutputStream stream =
            new BufferedOutputStream(Files.newOutputStream(part, StandardOpenOption.CREATE_NEW))) {
          body.write(stream);
        }
        if (exists) {
          copyPermissions(target, part);
        }
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException failure) {
      throw FileAccessException.writing(path.toString(), failure);
    }
  }
}
