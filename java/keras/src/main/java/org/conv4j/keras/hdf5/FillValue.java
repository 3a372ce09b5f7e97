package org.conv4j.keras.hdf5;

import java.nio.ByteBuffer;
import java.util.List;
import org.conv4j.keras.hdf5.chunk.Array;
import org.conv4j.keras.hdf5.structure.Cursor;
import org.conv4j.keras.hdf5.structure.Metadata;
import org.conv4j.keras.hdf5.structure.ObjectHeader;
import org.conv4j.tensor.Tensor;

/**
 * What elements are that were never written (specification, sections IV.A.2.e and IV.A.2.f).
 *
 * @param bytes one element in its stored form; nothing for zero
 */
record FillValue(byte[] bytes) {
  private static final int DEFINED = 0x20;
  private static final int PIECE_ELEMENTS = 4096;

  static FillValue of(ObjectHeader header) {
    for (Cursor message : header.all(ObjectHeader.FILL_VALUE)) {
      return read(message);
    }
    List<Cursor> old = header.all(ObjectHeader.OLD_FILL_VALUE);
    return old.isEmpty() ? new FillValue(new byte[0]) : value(old.get(0));
  }

  private static FillValue read(Cursor message) {
    int version = message.u8();
    boolean defined =
        switch (version) {
          case 1 -> message.skip(3).remaining() > 0;
          case 2 -> message.skip(2).u8() != 0;
          case 3 -> (message.u8() & DEFINED) != 0;
          default ->
              throw message
                  .metadata()
                  .malformed("has a fill value of the unknown version " + version);
        };
    return defined ? value(message) : new FillValue(new byte[0]);
  }

  private static FillValue value(Cursor message) {
    long size = message.u32();
    ByteBuffer rest = message.take(size).rest();
    byte[] bytes = new byte[rest.remaining()];
    rest.get(bytes);
    return new FillValue(bytes);
  }

  /** Writes the value to all elements of a new tensor. */
  void fill(Array array, Tensor tensor, Metadata metadata) {
    if (isZero()) {
      return;
    }
    if (bytes.length != array.type().bytes()) {
      throw metadata.malformed("has a fill value of %d bytes".formatted(bytes.length));
    }
    int total = (int) array.shape().elementCount();
    int most = Math.min(total, PIECE_ELEMENTS);
    ByteBuffer piece = ByteBuffer.allocate(most * bytes.length).order(array.order());
    while (piece.hasRemaining()) {
      piece.put(bytes);
    }
    for (int at = 0; at < total; at += most) {
      array.type().copy(piece.rewind(), Math.min(most, total - at), tensor, at);
    }
  }

  private boolean isZero() {
    for (byte each : bytes) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }
}
