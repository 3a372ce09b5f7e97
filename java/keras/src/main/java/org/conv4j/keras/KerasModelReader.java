package org.conv4j.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conv4j.keras.file.LayerWeights;
import org.conv4j.keras.file.ModelFile;
import org.conv4j.keras.file.ModelFormat;
import org.conv4j.keras.file.WeightTree;
import org.conv4j.keras.file.Writer;
import org.conv4j.keras.graph.LayerCall;
import org.conv4j.keras.graph.ModelConfig;
import org.conv4j.keras.graph.ModelConfigReader;
import org.conv4j.keras.graph.TensorRef;
import org.conv4j.keras.json.KerasJson;

/** Makes a model of an open file: configuration, layers, graph, shapes, weights, in this order. */
final class KerasModelReader {
  private final ModelFile file;
  private final String source;

  KerasModelReader(ModelFile file) {
    this.file = file;
    this.source = file.source();
  }

  KerasModel read() {
    JsonNode json = KerasJson.object(file.configJson(), source);
    Writer writer = file.writer().orElseGet(() -> Writer.ofConfig(json));
    ModelConfig config = ModelConfigReader.read(json, source);
    ModelPart model = new PartReader(source, writer).read(config);
    FlatGraph graph = new FlatGraph(source, model);
    ShapeInference shapes = new ShapeInference(source, graph, model);
    shapes.infer();
    fill(model);
    List<String> outputs = new ArrayList<>();
    for (ModelConfig.Output output : config.outputs()) {
      outputs.add(output.name());
    }
    Set<Leaf> leaves = new LinkedHashSet<>();
    for (Part part : model.parts()) {
      leaves.addAll(part.leaves());
    }
    List<LayerSummary> rows = new ArrayList<>();
    summarize(model, 0, shapes, rows);
    return new KerasModel(
        file, config.name(), graph.build(FlatGraph.unique(outputs)), List.copyOf(leaves), rows);
  }

  private void fill(ModelPart model) {
    if (file.weights() instanceof WeightTree tree) {
      new TreeFilling(tree, source).fill(model);
      return;
    }
    LayerWeights layers = (LayerWeights) file.weights();
    if (file.format() == ModelFormat.TFJS_LAYERS) {
      new NamedFilling(layers, source).fill(model);
    } else {
      new LegacyFilling(layers, source).fill(model);
    }
  }

  private static void summarize(
      ModelPart model, int depth, ShapeInference shapes, List<LayerSummary> rows) {
    Map<String, List<Long>> given = new HashMap<>();
    for (ModelConfig.Input input : model.config().inputs()) {
      given.put(input.layer(), input.spec().dims());
    }
    for (Part part : model.parts()) {
      Set<String> inputs = new LinkedHashSet<>();
      for (LayerCall call : part.calls()) {
        for (TensorRef tensor : call.tensors()) {
          inputs.add(tensor.layer());
        }
      }
      ParameterCount parameters = ParameterCount.NONE;
      for (Leaf leaf : new LinkedHashSet<>(part.leaves())) {
        parameters = parameters.plus(leaf.parameters());
      }
      rows.add(
          new LayerSummary(
              part.path(),
              part.name(),
              part.config().className(),
              depth,
              List.copyOf(inputs),
              given.containsKey(part.name()) ? given.get(part.name()) : shapes.output(part),
              parameters));
      if (part.model() != null) {
        summarize(part.model(), depth + 1, shapes, rows);
      }
    }
  }
}
