package org.conv4j.onnx.format;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.conv4j.bytes.Bytes;
import org.conv4j.bytes.FileBytes;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.MalformedFileException;

/**
 * An open model file, with the files beside it that hold more of its weights. Owns what it opens;
 * {@link #close} closes all. Safe for any thread.
 */
public final class OnnxFile implements AutoCloseable {
  private final Bytes bytes;
  private final Path folder;
  private final Map<Path, FileBytes> others = new LinkedHashMap<>();
  private volatile boolean closed;

  /**
   * Takes over an open file.
   *
   * @param bytes the model's bytes, closed with this if they are a file's
   * @param path where the model is; null for one in memory, which can have no files beside it
   */
  public OnnxFile(Bytes bytes, Path path) {
    this.bytes = bytes;
    this.folder = path == null ? null : path.toAbsolutePath().getParent();
  }

  /** The bytes of the model's file. */
  public Bytes bytes() {
    return bytes;
  }

  /** What messages call the file. */
  public String source() {
    return bytes.source();
  }

  /** Checks that the weights can still be read. */
  void requireOpen() {
    if (closed) {
      throw new IllegalStateException(source() + " is closed.");
    }
  }

  /** The bytes of a tensor that are in another file. */
  Bytes external(TensorData tensor) {
    Map<String, String> where = tensor.external();
    FileBytes file = other(where.getOrDefault("location", ""), tensor.name());
    long offset = number(where, "offset", 0);
    long length = number(where, "length", tensor.needed());
    return file.slice(offset, length, file.source());
  }

  private long number(Map<String, String> where, String key, long otherwise) {
    String text = where.get(key);
    if (text == null) {
      return otherwise;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException wrong) {
      throw new MalformedFileException(
          "%s gives the %s of external data as '%s', which is no number."
              .formatted(source(), key, text),
          wrong);
    }
  }

  private synchronized FileBytes other(String location, String tensor) {
    requireOpen();
    if (folder == null) {
      throw new MalformedFileException(
          "%s has the tensor '%s' in the file '%s', but was not loaded from a folder."
              .formatted(source(), tensor, location));
    }
    Path path = inside(location, tensor);
    FileBytes open = others.get(path);
    if (open == null) {
      open = FileBytes.open(path);
      others.put(path, open);
    }
    return open;
  }

  /** A path inside the model's folder, links resolved; a model may not name any other. */
  private Path inside(String location, String tensor) {
    try {
      Path relative = Path.of(location);
      Path real = folder.toRealPath();
      Path path = real.resolve(relative).normalize();
      if (!location.isEmpty() && !relative.isAbsolute() && path.startsWith(real)) {
        Path resolved = path.toRealPath();
        if (resolved.startsWith(real)) {
          return resolved;
        }
      }
    } catch (InvalidPathException wrong) {
      throw outside(location, tensor, wrong);
    } catch (IOException missing) {
      throw new FileAccessException(
          "%s has the tensor '%s' in the file '%s', which is not there."
              .formatted(source(), tensor, location),
          missing);
    }
    throw outside(location, tensor, null);
  }

  private MalformedFileException outside(String location, String tensor, Exception cause) {
    return new MalformedFileException(
        "%s has the tensor '%s' in the file '%s', which is not inside the model's folder."
            .formatted(source(), tensor, location),
        cause);
  }

  /** Closes all files. A second call does nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    if (bytes instanceof FileBytes file) {
      file.close();
    }
    others.values().forEach(FileBytes::close);
    others.clear();
  }
}
