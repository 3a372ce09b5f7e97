package org.conv4j.keras.hdf5;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.keras.hdf5.structure.Cursor;
import org.conv4j.keras.hdf5.structure.Dataspace;
import org.conv4j.keras.hdf5.structure.Datatype;
import org.conv4j.keras.hdf5.structure.GlobalHeap;
import org.conv4j.keras.hdf5.structure.Metadata;
import org.conv4j.keras.hdf5.structure.ObjectHeader;

/**
 * A small value beside a group or a data set (specification, section IV.A.2.m).
 *
 * @param name its name
 * @param type what its elements are
 * @param count how many there are
 * @param data their bytes
 */
record Attribute(String name, Datatype type, long count, Cursor data) {
  private static final int SHARED_TYPE = 1;
  private static final int SHARED_SPACE = 2;

  static Attribute read(Cursor message) {
    int version = message.u8();
    if (version < 1 || version > 3) {
      throw message.metadata().malformed("has an attribute of the unknown version " + version);
    }
    int flags = message.u8();
    if (version > 1 && (flags & SHARED_SPACE) != 0) {
      throw message.metadata().malformed("shares shapes of attributes, which is not supported");
    }
    boolean committed = version > 1 && (flags & SHARED_TYPE) != 0;
    int nameBytes = message.u16();
    int typeBytes = message.u16();
    int spaceBytes = message.u16();
    if (version == 3) {
      message.skip(1);
    }
    String name = part(message, nameBytes, version).text(nameBytes);
    Cursor typePart = part(message, typeBytes, version);
    Datatype type = Datatype.read(committed ? ObjectHeader.committed(typePart) : typePart);
    Dataspace space = Dataspace.read(part(message, spaceBytes, version));
    return new Attribute(name, type, space.count(), message);
  }

  private static Cursor part(Cursor message, int bytes, int version) {
    Cursor part = message.take(bytes);
    if (version == 1) {
      message.align();
    }
    return part;
  }

  /** The elements as texts. */
  List<String> texts(GlobalHeap heap) {
    Metadata metadata = data.metadata();
    if (count < 0 || count > data.remaining() / type.bytes()) {
      throw metadata.malformed(
          "has an attribute '%s' that is longer than its place".formatted(name));
    }
    Cursor elements = new Cursor(data.rest(), metadata);
    List<String> texts = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      Cursor element = elements.take(type.bytes());
      texts.add(
          switch (type.kind()) {
            case FIXED_STRING -> element.text(type.bytes());
            case VARIABLE_STRING -> heap.text(element);
            default ->
                throw metadata.malformed("has an attribute '%s' that is no text".formatted(name));
          });
    }
    return texts;
  }
}
