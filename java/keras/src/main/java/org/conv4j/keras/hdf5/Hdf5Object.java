package org.conv4j.keras.hdf5;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.conv4j.keras.hdf5.structure.Cursor;
import org.conv4j.keras.hdf5.structure.DenseStorage;
import org.conv4j.keras.hdf5.structure.ObjectHeader;

/** A group or a data set: something with a path and attributes. Not thread-safe. */
public abstract sealed class Hdf5Object permits Hdf5Group, Hdf5Dataset {
  final Hdf5File file;
  final ObjectHeader header;
  private final String path;
  private Map<String, Attribute> attributes;

  Hdf5Object(Hdf5File file, String path, ObjectHeader header) {
    this.file = file;
    this.path = path;
    this.header = header;
  }

  /**
   * Returns where in the file this is.
   *
   * @return names with {@code /} between them, empty for the root
   */
  public final String path() {
    return path;
  }

  /**
   * Returns whether there is an attribute.
   *
   * @param name its name
   * @return true if so
   */
  public final boolean hasAttribute(String name) {
    return attributes().containsKey(name);
  }

  /**
   * Returns the texts of an attribute.
   *
   * @param name its name
   * @return the texts, empty if the attribute holds nothing, whatever its type
   * @throws org.conv4j.error.MalformedFileException if there is no such attribute or it is no text
   */
  public final List<String> texts(String name) {
    Attribute attribute = attributes().get(name);
    if (attribute == null) {
      throw file.metadata().malformed("has no attribute '%s' at '/%s'".formatted(name, path));
    }
    return attribute.texts(file.globalHeap());
  }

  /**
   * Returns the text of an attribute, if it is there.
   *
   * @param name its name
   * @return the text
   * @throws org.conv4j.error.MalformedFileException if the attribute is not one text
   */
  public final Optional<String> text(String name) {
    if (!hasAttribute(name)) {
      return Optional.empty();
    }
    List<String> texts = texts(name);
    if (texts.size() != 1) {
      throw file.metadata()
          .malformed(
              "has %d texts in the attribute '%s'; expected 1".formatted(texts.size(), name));
    }
    return Optional.of(texts.get(0));
  }

  private Map<String, Attribute> attributes() {
    if (attributes == null) {
      Map<String, Attribute> found = new LinkedHashMap<>();
      for (Cursor message : header.all(ObjectHeader.ATTRIBUTE)) {
        add(Attribute.read(message), found);
      }
      for (Cursor message : header.all(ObjectHeader.ATTRIBUTE_INFO)) {
        DenseStorage.read(
            message,
            DenseStorage.Kind.ATTRIBUTES,
            attribute -> add(Attribute.read(attribute), found));
      }
      attributes = found;
    }
    return attributes;
  }

  private void add(Attribute attribute, Map<String, Attribute> attributes) {
    if (attributes.put(attribute.name(), attribute) != null) {
      throw file.metadata()
          .malformed("has the attribute '%s' of '/%s' twice".formatted(attribute.name(), path));
    }
  }
}
