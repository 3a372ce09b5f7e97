package org.conv4j.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.conv4j.bytes.Bytes;
import org.conv4j.bytes.FileBytes;
import org.conv4j.bytes.MemoryBytes;

/**
 * Where a model is: a file, a folder, or bytes in memory. Importers look at it to find out what it
 * is. Opens the file when its bytes are first asked for; {@link #close} closes it. Not thread-safe.
 */
public final class ModelSource implements AutoCloseable {
  private final String name;
  private final Path path;
  private final byte[] content;
  private Bytes bytes;

  private ModelSource(String name, Path path, byte[] content) {
    this.name = name;
    this.path = path;
    this.content = content;
  }

  /**
   * Names a file or a folder; nothing is opened yet.
   *
   * @param path the file or folder
   * @return the source
   */
  public static ModelSource of(Path path) {
    return new ModelSource(path.toString(), path, null);
  }

  /**
   * Names bytes in memory.
   *
   * @param content a whole file; not copied, so it must not change until the model is closed
   * @param name what messages call it, for example a resource's name
   * @return the source
   */
  public static ModelSource of(byte[] content, String name) {
    return new ModelSource(name, null, content);
  }

  /**
   * Returns what messages call this.
   *
   * @return the path, or the name that the bytes were given
   */
  public String name() {
    return name;
  }

  /**
   * Returns the file or folder.
   *
   * @return its path; empty for bytes in memory
   */
  public Optional<Path> path() {
    return Optional.ofNullable(path);
  }

  /**
   * Returns the bytes in memory.
   *
   * @return the array itself; empty for a file or folder
   */
  public Optional<byte[]> content() {
    return Optional.ofNullable(content);
  }

  /**
   * Returns whether this is a folder.
   *
   * @return true for a folder, which has no bytes
   */
  public boolean isFolder() {
    return path != null && Files.isDirectory(path);
  }

  /**
   * Returns whether this is a folder with some file in it.
   *
   * @param file the file's name
   * @return true if so
   */
  public boolean hasFile(String file) {
    return isFolder() && Files.exists(path.resolve(file));
  }

  /**
   * Returns the bytes.
   *
   * @return the whole file, readable until this source is closed
   * @throws org.conv4j.error.FileAccessException if there is no such file, it cannot be read, or it
   *     is a folder
   */
  public Bytes bytes() {
    if (bytes == null) {
      bytes = path == null ? new MemoryBytes(content, name) : FileBytes.open(path);
    }
    return bytes;
  }

  /**
   * Returns whether the bytes begin with others.
   *
   * @param magic the numbers that files of a format begin with
   * @return true if so; false for a folder
   * @throws org.conv4j.error.FileAccessException if the file cannot be read
   */
  public boolean startsWith(byte... magic) {
    if (isFolder() || bytes().size() < magic.length) {
      return false;
    }
    byte[] start = bytes().read(0, magic.length);
    for (int i = 0; i < magic.length; i++) {
      if (start[i] != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** Closes the file, if it was opened. A second call does nothing. */
  @Override
  public void close() {
    if (bytes instanceof FileBytes file) {
      file.close();
    }
  }
}
