package org.conv4j.onnx.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.conv4j.bytes.MemoryBytes;
import org.conv4j.limit.Limits;

/** What tests read of files themselves. */
public final class TensorFiles {
  private TensorFiles() {}

  /** A file that is one tensor. */
  public static TensorData tensor(OnnxFile file) {
    ProtoReader reader = new ProtoReader(file.bytes(), 0, file.bytes().size());
    GraphParser parser = new GraphParser(file, reader, Limits.DEFAULT);
    return new TensorParser(file, reader, parser).content();
  }

  /** The names of a model's inputs that are no constants, in their order. */
  public static List<String> inputs(byte[] content) {
    OnnxFile file = new OnnxFile(new MemoryBytes(content, "model"), null);
    Graph graph = ModelParser.parse(file, Limits.DEFAULT).graph();
    Set<String> constants = new HashSet<>();
    graph.initializers().forEach(tensor -> constants.add(tensor.name()));
    List<String> names = new ArrayList<>();
    for (ValueInfo input : graph.inputs()) {
      if (!constants.contains(input.name())) {
        names.add(input.name());
      }
    }
    return names;
  }
}
