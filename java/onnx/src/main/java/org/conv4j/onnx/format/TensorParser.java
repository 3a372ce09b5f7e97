package org.conv4j.onnx.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;

/** Reads what describes tensors. Not thread-safe. */
final class TensorParser {
  private static final int MOST_DIMS = 64;

  private final OnnxFile file;
  private final ProtoReader reader;
  private final GraphParser parser;

  TensorParser(OnnxFile file, ProtoReader reader, GraphParser parser) {
    this.file = file;
    this.reader = reader;
    this.parser = parser;
  }

  /** Reads a tensor that is the value of a field. */
  TensorData tensor() {
    long outer = reader.enter();
    TensorData tensor = content();
    reader.leave(outer);
    return tensor;
  }

  /** Reads a tensor from the position to the end of the message. */
  TensorData content() {
    long begin = reader.position();
    long end = reader.end();
    String name = "";
    long type = 0;
    long[] dims = {};
    long raw = -1;
    long rawLength = 0;
    boolean elsewhere = false;
    Map<String, String> external = new LinkedHashMap<>();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> dims = parser.numbers(dims);
        case 2 -> type = parser.number();
        case 8 -> name = parser.name();
        case 9 -> {
          rawLength = reader.length();
          raw = reader.position();
          reader.move(rawLength);
        }
        case 13 -> parser.entry(external);
        case 14 -> elsewhere = parser.number() == 1;
        default -> reader.skip();
      }
    }
    return new TensorData(
        name,
        TensorType.of(type),
        shape(name, dims),
        file,
        begin,
        end,
        raw,
        rawLength,
        elsewhere ? external : Map.of());
  }

  private Shape shape(String name, long[] dims) {
    if (dims.length > MOST_DIMS) {
      throw reader.malformed("the tensor '" + name + "' has more than 64 dimensions");
    }
    try {
      return Shape.ofElements(dims);
    } catch (ShapeMismatchException wrong) {
      throw reader.malformed("the tensor '" + name + "' has an impossible shape");
    }
  }

  /** Reads the description of an input or output. */
  ValueInfo value() {
    long outer = reader.enter();
    String name = "";
    ValueInfo type = new ValueInfo("", TensorType.OTHER, null);
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> name = parser.name();
        case 2 -> type = type();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    return new ValueInfo(name, type.type(), type.dims());
  }

  private ValueInfo type() {
    long outer = reader.enter();
    TensorType type = TensorType.OTHER;
    List<Long> dims = null;
    while (reader.next()) {
      if (reader.field() != 1) {
        reader.skip();
        continue;
      }
      long tensor = reader.enter();
      while (reader.next()) {
        switch (reader.field()) {
          case 1 -> type = TensorType.of(parser.number());
          case 2 -> dims = dims();
          default -> reader.skip();
        }
      }
      reader.leave(tensor);
    }
    reader.leave(outer);
    return new ValueInfo("", type, dims);
  }

  private List<Long> dims() {
    List<Long> dims = new ArrayList<>();
    long outer = reader.enter();
    while (reader.next()) {
      if (reader.field() != 1) {
        reader.skip();
        continue;
      }
      long inner = reader.enter();
      long extent = -1;
      while (reader.next()) {
        if (reader.field() == 1) {
          extent = parser.number();
        } else {
          reader.skip();
        }
      }
      reader.leave(inner);
      if (dims.size() == MOST_DIMS) {
        throw reader.malformed("a value has more than 64 dimensions");
      }
      dims.add(extent < 1 ? -1 : extent);
    }
    reader.leave(outer);
    return dims;
  }
}
