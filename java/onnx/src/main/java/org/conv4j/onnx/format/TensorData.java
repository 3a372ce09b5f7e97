package org.conv4j.onnx.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.conv4j.bytes.Bytes;
import org.conv4j.bytes.Elements;
import org.conv4j.bytes.MemoryBytes;
import org.conv4j.error.MalformedFileException;
import org.conv4j.shape.Shape;

/**
 * A tensor of a file: what it is, and where its elements are. They are read when they are needed.
 *
 * @param name its name; empty where it has none
 * @param type the type of the elements
 * @param dims the extents, which may be 0
 * @param file the file
 * @param begin where the message begins
 * @param end where the message ends
 * @param raw where {@code raw_data} begins, or -1
 * @param rawLength how many bytes that has
 * @param external where else the elements are; empty if they are in the message
 */
public record TensorData(
    String name,
    TensorType type,
    Shape dims,
    OnnxFile file,
    long begin,
    long end,
    long raw,
    long rawLength,
    Map<String, String> external) {

  /** How many elements there are. */
  public long count() {
    return dims.elementCount();
  }

  /** Finds the elements: dense, little-endian. */
  public Elements elements() {
    if (type.elements() == null) {
      throw new MalformedFileException(
          "%s has the tensor '%s' of a type that cannot be computed with."
              .formatted(file.source(), name));
    }
    file.requireOpen();
    Bytes stored;
    if (!external.isEmpty()) {
      stored = file.external(this);
    } else if (raw >= 0) {
      stored = file.bytes().slice(raw, rawLength, file.source());
    } else {
      stored = typed();
    }
    long needed = needed();
    if (stored.size() != needed) {
      throw new MalformedFileException(
          "%s has %d bytes for the tensor '%s' of %s with the shape %s, which needs %d."
              .formatted(file.source(), stored.size(), name, type, dims, needed));
    }
    return new Elements(stored, type.elements(), ByteOrder.LITTLE_ENDIAN, dims);
  }

  /** How many bytes dense elements take. */
  long needed() {
    long count = count();
    int bytes = type.elements().bytes();
    return count > Long.MAX_VALUE / bytes ? Long.MAX_VALUE : count * bytes;
  }

  /** Writes the numbers of {@code float_data} and its like as {@code raw_data} has them. */
  private Bytes typed() {
    // Each number takes a byte of the message or more: what is allocated follows what is there.
    long most = end - begin;
    if (count() > most) {
      throw new MalformedFileException(
          "%s declares the tensor '%s' with the shape %s, but has %d bytes for it."
              .formatted(file.source(), name, dims, most));
    }
    ByteBuffer target =
        ByteBuffer.allocate(Math.toIntExact(needed())).order(ByteOrder.LITTLE_ENDIAN);
    ProtoReader reader = new ProtoReader(file.bytes(), begin, end);
    while (reader.next()) {
      switch (reader.field()) {
        case 4, 5, 7, 10, 11 -> numbers(reader, target);
        default -> reader.skip();
      }
    }
    return new MemoryBytes(target.flip(), file.source());
  }

  private void numbers(ProtoReader reader, ByteBuffer target) {
    int wire = reader.field() == 4 ? ProtoReader.FIXED32 : ProtoReader.VARINT;
    wire = reader.field() == 10 ? ProtoReader.FIXED64 : wire;
    if (reader.wire() != ProtoReader.BYTES) {
      reader.require(wire);
      number(reader, wire, target);
      return;
    }
    long outer = reader.enter();
    while (reader.position() < reader.end()) {
      number(reader, wire, target);
    }
    reader.leave(outer);
  }

  private void number(ProtoReader reader, int wire, ByteBuffer target) {
    long bits =
        switch (wire) {
          case ProtoReader.FIXED32 -> reader.fixed32();
          case ProtoReader.FIXED64 -> reader.fixed64();
          default -> reader.varint();
        };
    if (target.remaining() < type.elements().bytes()) {
      throw reader.malformed("the tensor '" + name + "' has more elements than its shape says");
    }
    switch (type.elements().bytes()) {
      case 1 -> target.put((byte) bits);
      case 2 -> target.putShort((short) bits);
      case 4 -> target.putInt((int) bits);
      default -> target.putLong(bits);
    }
  }
}
