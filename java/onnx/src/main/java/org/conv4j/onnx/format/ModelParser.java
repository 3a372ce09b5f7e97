package org.conv4j.onnx.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.limit.Limits;

/** Reads the outermost message of a file. */
public final class ModelParser {
  private ModelParser() {}

  /**
   * Reads everything but the elements of tensors.
   *
   * @param file the open file
   * @param limits how many nodes and characters there may be
   * @return what the file says
   */
  public static ModelFile parse(OnnxFile file, Limits limits) {
    ProtoReader reader = new ProtoReader(file.bytes(), 0, file.bytes().size());
    GraphParser parser = new GraphParser(file, reader, limits);
    long version = 0;
    String producer = "";
    String producerVersion = "";
    int opset = 0;
    Graph graph = null;
    List<Function> functions = new ArrayList<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> version = parser.number();
        case 2 -> producer = reader.string();
        case 3 -> producerVersion = reader.string();
        case 7 -> {
          if (graph != null) {
            throw reader.malformed("there is a second graph");
          }
          graph = parser.graph();
        }
        case 8 -> opset = Math.max(opset, opset(parser, reader));
        case 14 -> parser.entry(metadata);
        case 25 -> functions.add(function(parser, reader));
        default -> reader.skip();
      }
    }
    if (graph == null) {
      throw reader.malformed("there is no graph");
    }
    String writer = (producer + " " + producerVersion).strip();
    return new ModelFile(version, writer, opset, graph, functions, metadata);
  }

  /** The version of ONNX's own operators, 0 for those of others. */
  private static int opset(GraphParser parser, ProtoReader reader) {
    long outer = reader.enter();
    String domain = "";
    long version = 0;
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> domain = reader.string();
        case 2 -> version = parser.number();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    boolean own = domain.isEmpty() || domain.equals("ai.onnx");
    return own ? (int) Math.max(0, Math.min(version, Integer.MAX_VALUE)) : 0;
  }

  private static Function function(GraphParser parser, ProtoReader reader) {
    long outer = reader.enter();
    String name = "";
    String domain = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, Attribute> defaults = new LinkedHashMap<>();
    List<GraphNode> nodes = new ArrayList<>();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> name = reader.string();
        case 4 -> inputs.add(parser.name());
        case 5 -> outputs.add(parser.name());
        case 7 -> nodes.add(parser.node());
        case 10 -> domain = reader.string();
        case 11 -> {
          Attribute attribute = parser.attribute();
          defaults.put(attribute.name(), attribute);
        }
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    return new Function(name, domain, inputs, outputs, defaults, nodes);
  }
}
