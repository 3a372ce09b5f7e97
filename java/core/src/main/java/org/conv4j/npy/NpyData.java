package org.conv4j.npy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.conv4j.tensor.ElementType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.HeldElements;
import org.conv4j.tensor.internal.Memory;

/** Moves elements between tensors and the streams of {@code .npy} files, piece by piece. */
final class NpyData {
  private static final int CHUNK_BYTES = 1 << 16;

  private NpyData() {}

  static Tensor read(NpyHeader header, InputStream stream, String source) throws IOException {
    Tensor tensor = Tensor.allocate(header.type().dataType(), header.shape());
    try {
      ElementSink sink = header.fortranOrder() ? scattered(tensor) : inOrder(tensor);
      long count = header.shape().elementCount();
      int perChunk = CHUNK_BYTES / header.type().bytes();
      for (long done = 0; done < count; ) {
        int elements = (int) Math.min(perChunk, count - done);
        byte[] chunk = stream.readNBytes(elements * header.type().bytes());
        if (chunk.length < elements * header.type().bytes()) {
          throw NpyHeader.malformed(
              source,
              "ends after %d of %d bytes of elements"
                  .formatted(done * header.type().bytes() + chunk.length, header.dataBytes()));
        }
        sink.accept(ByteBuffer.wrap(chunk).order(header.order()), header.type(), elements);
        done += elements;
      }
      return tensor;
    } catch (IOException | RuntimeException | Error failure) {
      tensor.close();
      throw failure;
    }
  }

  static void write(Tensor tensor, OutputStream stream) throws IOException {
    stream.write(NpyHeader.format(tensor));
    int bytesPerElement = tensor.dataType().bytes();
    long count = tensor.shape().elementCount();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Memory memory = HeldElements.memory(tensor);
    memory.acquire();
    try {
      for (long done = 0; done < count; ) {
        int elements = (int) Math.min(CHUNK_BYTES / bytesPerElement, count - done);
        HeldElements.store(tensor, (int) done, chunk, elements);
        stream.write(chunk.array(), 0, elements * bytesPerElement);
        done += elements;
      }
    } finally {
      memory.release();
    }
  }

  /** Takes the next elements of the file. */
  private interface ElementSink {
    void accept(ByteBuffer bytes, ElementType type, int elements);
  }

  private static ElementSink inOrder(Tensor tensor) {
    int[] next = {0};
    return (bytes, type, elements) -> {
      type.copy(bytes, elements, tensor, next[0]);
      next[0] += elements;
    };
  }

  /** Puts the elements of a column-major array where they belong in a new row-major one. */
  private static ElementSink scattered(Tensor tensor) {
    long[] dims = tensor.shape().toArray();
    long[] index = new long[dims.length];
    return (bytes, type, elements) -> {
      for (int i = 0; i < elements; i++) {
        long position = 0;
        for (int axis = 0; axis < dims.length; axis++) {
          position = position * dims[axis] + index[axis];
        }
        HeldElements.put(tensor, (int) position, type.next(bytes));
        for (int axis = 0; axis < dims.length && ++index[axis] == dims[axis]; axis++) {
          index[axis] = 0;
        }
      }
    };
  }
}
