package org.conv4j.djl.memory;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Elements on the heap: pixels, positions, truth values. */
public final class HeapStorage extends Storage {
  private final ByteBuffer bytes;

  public HeapStorage(DataType type, int size) {
    super(Types.requireKnown(type));
    bytes =
        ByteBuffer.allocate(Math.multiplyExact(size, type.getNumOfBytes()))
            .order(ByteOrder.nativeOrder());
  }

  @Override
  public void read(int begin, double[] target, int count) {
    for (int i = 0; i < count; i++) {
      int at = begin + i;
      target[i] =
          switch (type()) {
            case FLOAT32 -> bytes.getFloat(4 * at);
            case FLOAT64 -> bytes.getDouble(8 * at);
            case INT32 -> bytes.getInt(4 * at);
            case INT64 -> bytes.getLong(8 * at);
            case UINT8 -> bytes.get(at) & 0xff;
            default -> bytes.get(at);
          };
    }
  }

  @Override
  public void write(int begin, double[] values, int count) {
    for (int i = 0; i < count; i++) {
      int at = begin + i;
      switch (type()) {
        case FLOAT32 -> bytes.putFloat(4 * at, (float) values[i]);
        case FLOAT64 -> bytes.putDouble(8 * at, values[i]);
        case INT32 -> bytes.putInt(4 * at, (int) values[i]);
        case INT64 -> bytes.putLong(8 * at, (long) values[i]);
        case BOOLEAN -> bytes.put(at, (byte) (values[i] == 0 ? 0 : 1));
        default -> bytes.put(at, (byte) (int) values[i]);
      }
    }
  }

  @Override
  public ByteBuffer bytes(int begin, int count) {
    int width = type().getNumOfBytes();
    ByteBuffer copy = ByteBuffer.allocate(count * width).order(ByteOrder.nativeOrder());
    copy.put(0, bytes, begin * width, count * width);
    return copy;
  }

  @Override
  public void copyFrom(Buffer elements) {
    if (elements instanceof ByteBuffer source) {
      bytes.put(0, source, source.position(), bytes.capacity());
    } else {
      BaseNDManager.copyBuffer(elements, bytes);
    }
  }

  @Override
  public void free() {
    // The garbage collector does.
  }
}
