package org.conv4j.npy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.conv4j.disk.FileReading;
import org.conv4j.disk.FileWriting;
import org.conv4j.tensor.Tensor;

/**
 * Reads and writes {@code .npy} files, NumPy's format for one array.
 *
 * <p>Reads versions 1 to 3 in either byte order and either element order. Floats of 64 bits and
 * integers of 32 and 64 bits become float64 tensors, all else float32. Writes version 1 in
 * little-endian row-major order. Files are not trusted: nothing is allocated that a truncated or
 * hostile file merely announces. Safe for any thread.
 */
public final class Npy {
  private Npy() {}

  /**
   * Reads a file.
   *
   * @param path the file
   * @return a new tensor, which the caller closes
   * @throws org.conv4j.error.FileAccessException if the file cannot be read
   * @throws org.conv4j.error.MalformedFileException if it is no complete {@code .npy} file
   * @throws org.conv4j.error.ShapeMismatchException if the array is too large for a tensor
   */
  public static Tensor read(Path path) {
    FileReading.requireFile(path);
    String source = path.toString();
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(path))) {
      return read(stream, source, Files.size(path));
    } catch (IOException failure) {
      throw FileReading.translate(source, failure);
    }
  }

  /**
   * Writes a file, replacing an old one only when all is written.
   *
   * @param path the file
   * @param tensor what to write
   * @throws org.conv4j.error.FileAccessException if the file cannot be written
   */
  public static void write(Path path, Tensor tensor) {
    FileWriting.replace(path, stream -> NpyData.write(tensor, stream));
  }

  /** Reads a whole stream that can yield at most a number of bytes. */
  static Tensor read(InputStream stream, String source, long maxBytes) throws IOException {
    NpyHeader header = NpyHeader.read(stream, source);
    if (header.dataBytes() > maxBytes) {
      throw NpyHeader.malformed(
          source,
          "announces %d bytes of elements but holds at most %d"
              .formatted(header.dataBytes(), maxBytes));
    }
    Tensor tensor = NpyData.read(header, stream, source);
    if (stream.read() >= 0) {
      tensor.close();
      throw NpyHeader.malformed(source, "goes on after its last element");
    }
    return tensor;
  }
}
