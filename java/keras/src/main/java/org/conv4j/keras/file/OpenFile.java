package org.conv4j.keras.file;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.conv4j.bytes.FileBytes;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Constant;

/**
 * What a model's file holds open: files and tensors. What it has {@link #stored} is safe for any
 * thread; nothing else is.
 */
final class OpenFile implements AutoCloseable {
  private final String source;
  private final Deque<Tensor> tensors = new ArrayDeque<>();
  private final Deque<FileBytes> files = new ArrayDeque<>();
  private volatile boolean closed;

  OpenFile(String source) {
    this.source = source;
  }

  String source() {
    return source;
  }

  Tensor keep(Tensor tensor) {
    tensors.push(tensor);
    return tensor;
  }

  /** Numbers that are read from the file each time they are needed. */
  Constant stored(Shape shape, Supplier<Tensor> reading) {
    return new Constant.Stored(
        shape,
        () -> {
          requireOpen();
          return reading.get();
        });
  }

  FileBytes open(Path path) {
    FileBytes file = FileBytes.open(path);
    files.push(file);
    return file;
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException(source + " is closed.");
    }
  }

  /** Closes the tensors and the files. A second call does nothing. */
  @Override
  public void close() {
    closed = true;
    tensors.forEach(Tensor::close);
    tensors.clear();
    files.forEach(FileBytes::close);
    files.clear();
  }
}
