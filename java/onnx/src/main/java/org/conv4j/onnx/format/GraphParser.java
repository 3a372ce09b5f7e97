package org.conv4j.onnx.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.limit.Budget;
import org.conv4j.limit.Limit;
import org.conv4j.limit.Limits;

/** Reads graphs and what is in them. Not thread-safe. */
final class GraphParser {
  /** Branches in branches; files have one or two. */
  private static final int DEEPEST = 32;

  /** Numbers of one attribute; kernels and shapes have a few. */
  private static final int MOST_NUMBERS = 1 << 22;

  private final OnnxFile file;
  private final ProtoReader reader;
  private final Budget nodes;
  private final Budget names;
  private int depth;

  GraphParser(OnnxFile file, ProtoReader reader, Limits limits) {
    this.file = file;
    this.reader = reader;
    this.nodes = limits.budget(Limit.NODES, file.source());
    this.names = limits.budget(Limit.NAMES, file.source());
  }

  long number() {
    reader.require(ProtoReader.VARINT);
    return reader.varint();
  }

  String name() {
    String name = reader.string();
    names.spend(name.length());
    return name;
  }

  /** Reads a pair of texts into a map. */
  void entry(Map<String, String> target) {
    long outer = reader.enter();
    String key = "";
    String value = "";
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> key = name();
        case 2 -> value = name();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    target.put(key, value);
  }

  Graph graph() {
    if (++depth > DEEPEST) {
      throw reader.malformed("graphs are nested more than " + DEEPEST + " deep");
    }
    long outer = reader.enter();
    String name = "";
    List<GraphNode> found = new ArrayList<>();
    List<TensorData> initializers = new ArrayList<>();
    List<ValueInfo> inputs = new ArrayList<>();
    List<ValueInfo> outputs = new ArrayList<>();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> found.add(node());
        case 2 -> name = name();
        case 5 -> {
          nodes.spend(1);
          initializers.add(new TensorParser(file, reader, this).tensor());
        }
        case 11 -> inputs.add(new TensorParser(file, reader, this).value());
        case 12 -> outputs.add(new TensorParser(file, reader, this).value());
        case 15 -> throw reader.malformed("there is a sparse initializer, which is not supported");
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    depth--;
    return new Graph(name, found, initializers, inputs, outputs);
  }

  GraphNode node() {
    nodes.spend(1);
    long outer = reader.enter();
    String name = "";
    String operator = "";
    String domain = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> {
          nodes.spend(1);
          inputs.add(name());
        }
        case 2 -> {
          nodes.spend(1);
          outputs.add(name());
        }
        case 3 -> name = name();
        case 4 -> operator = name();
        case 5 -> {
          Attribute attribute = attribute();
          attributes.put(attribute.name(), attribute);
        }
        case 7 -> domain = name();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    if (domain.equals("ai.onnx")) {
      domain = "";
    }
    return new GraphNode(name, operator, domain, inputs, outputs, attributes);
  }

  Attribute attribute() {
    nodes.spend(1);
    long outer = reader.enter();
    String name = "";
    long number = 0;
    float real = 0;
    String text = "";
    TensorData tensor = null;
    Graph graph = null;
    long[] numbers = {};
    float[] reals = {};
    List<String> texts = new ArrayList<>();
    String reference = "";
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> name = name();
        case 2 -> real = real();
        case 3 -> number = number();
        case 4 -> text = name();
        case 5 -> tensor = new TensorParser(file, reader, this).tensor();
        case 6 -> graph = graph();
        case 7 -> reals = reals(reals);
        case 8 -> numbers = numbers(numbers);
        case 9 -> texts.add(name());
        case 21 -> reference = name();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    return new Attribute(name, number, real, text, tensor, graph, numbers, reals, texts, reference);
  }

  private float real() {
    reader.require(ProtoReader.FIXED32);
    return Float.intBitsToFloat(reader.fixed32());
  }

  private float[] reals(float[] before) {
    if (reader.wire() != ProtoReader.BYTES) {
      float[] all = Arrays.copyOf(before, grown(before.length, 1));
      all[before.length] = real();
      return all;
    }
    long outer = reader.enter();
    long count = (reader.end() - reader.position()) / Float.BYTES;
    float[] all = Arrays.copyOf(before, grown(before.length, count));
    for (int i = before.length; i < all.length; i++) {
      all[i] = Float.intBitsToFloat(reader.fixed32());
    }
    reader.leave(outer);
    return all;
  }

  /** Reads one or more whole numbers behind others. */
  long[] numbers(long[] before) {
    if (reader.wire() != ProtoReader.BYTES) {
      long[] all = Arrays.copyOf(before, grown(before.length, 1));
      all[before.length] = number();
      return all;
    }
    long outer = reader.enter();
    long most = reader.end() - reader.position();
    long[] all = Arrays.copyOf(before, grown(before.length, most));
    int count = before.length;
    while (reader.position() < reader.end()) {
      all[count++] = reader.varint();
    }
    reader.leave(outer);
    return Arrays.copyOf(all, count);
  }

  private int grown(int before, long more) {
    if (before + more > MOST_NUMBERS) {
      throw reader.malformed("an attribute has more than " + MOST_NUMBERS + " numbers");
    }
    // One that is written number by number would be copied for each.
    if (more == 1) {
      nodes.spend(1 + before / 1024);
    }
    return (int) (before + more);
  }
}
