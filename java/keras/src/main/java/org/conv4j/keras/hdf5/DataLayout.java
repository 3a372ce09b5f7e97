package org.conv4j.keras.hdf5;

import java.nio.ByteBuffer;
import org.conv4j.keras.bytes.Bytes;
import org.conv4j.keras.bytes.Elements;
import org.conv4j.keras.bytes.MemoryBytes;
import org.conv4j.tensor.Tensor;

/** Where the elements of a data set lie (specification, section IV.A.2.i). */
sealed interface DataLayout {
  /** In the object's header itself. */
  record Compact(Cursor data) implements DataLayout {}

  /** In one piece. */
  record Contiguous(long address, long size) implements DataLayout {}

  static DataLayout read(Cursor message) {
    int version = message.u8();
    if (version != 3 && version != 4) {
      throw message.metadata().malformed("has a data layout of the unknown version " + version);
    }
    int kind = message.u8();
    return switch (kind) {
      case 0 -> new Compact(message.take(message.u16()));
      case 1 -> new Contiguous(message.address(), message.length());
      default ->
          throw message.metadata().malformed("has a data layout of the unknown kind " + kind);
    };
  }

  default Tensor read(Array array, ObjectHeader header, Hdf5File file) {
    Bytes data = data(file.metadata());
    if (data.size() < array.bytes()) {
      throw file.metadata()
          .malformed("has %d bytes for an array of %d".formatted(data.size(), array.bytes()));
    }
    return Elements.read(
        data.slice(0, array.bytes(), data.source()), array.type(), array.order(), array.shape());
  }

  private Bytes data(Metadata metadata) {
    if (this instanceof Compact compact) {
      ByteBuffer bytes = compact.data.rest();
      return new MemoryBytes(bytes, "an HDF5 file");
    }
    Contiguous contiguous = (Contiguous) this;
    return metadata.data(contiguous.address, contiguous.size);
  }
}
