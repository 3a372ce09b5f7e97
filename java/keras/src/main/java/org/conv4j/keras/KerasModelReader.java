package org.conv4j.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.conv4j.file.LayerSummary;
import org.conv4j.keras.file.LayerWeights;
import org.conv4j.keras.file.ModelFile;
import org.conv4j.keras.file.ModelFormat;
import org.conv4j.keras.file.WeightTree;
import org.conv4j.keras.graph.ConfigStyle;
import org.conv4j.keras.graph.Keras1Config;
import org.conv4j.keras.graph.ModelConfig;
import org.conv4j.keras.graph.ModelConfigReader;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.KerasJson;
import org.conv4j.keras.model.CustomReaders;
import org.conv4j.keras.model.FlatGraph;
import org.conv4j.keras.model.ModelPart;
import org.conv4j.keras.model.PartReader;
import org.conv4j.keras.model.ShapeInference;
import org.conv4j.keras.model.SummaryRows;
import org.conv4j.keras.weights.CustomVariables;
import org.conv4j.keras.weights.LegacyFilling;
import org.conv4j.keras.weights.NamedFilling;
import org.conv4j.keras.weights.TreeFilling;
import org.conv4j.keras.writer.Writer;
import org.conv4j.layer.Layer;
import org.conv4j.limit.Limits;
import org.conv4j.model.Names;

/** Makes a model of an open file: configuration, layers, graph, shapes, weights, in this order. */
final class KerasModelReader {
  private final ModelFile file;
  private final String source;
  private final Limits limits;

  /** Layers that the program has made, by their names. */
  private final Map<String, Layer> given;

  /** Says what custom layers are. */
  private final CustomReaders custom;

  KerasModelReader(ModelFile file, Limits limits, Map<String, Layer> given, CustomReaders custom) {
    this.custom = custom;
    this.given = given;
    this.file = file;
    this.source = file.source();
    this.limits = limits;
  }

  KerasModel read() {
    JsonNode saved = KerasJson.object(file.configJson(), source);
    Writer writer = file.writer().orElseGet(() -> ConfigStyle.writer(saved));
    JsonNode json = writer == Writer.KERAS_1 ? Keras1Config.rewrite(saved) : saved;
    ModelConfig config = ModelConfigReader.read(json, source);
    ModelPart model = new PartReader(source, writer, limits, given, custom).read(config);
    new CustomVariables(file.weights(), source).readInto(model);
    FlatGraph graph = new FlatGraph(source, model, limits);
    ShapeInference shapes = new ShapeInference(source, graph, model);
    shapes.infer();
    fill(model, writer);
    List<String> outputs = new ArrayList<>();
    for (ModelConfig.Output output : config.outputs()) {
      outputs.add(output.name());
    }
    List<LayerSummary> rows = new SummaryRows(source, shapes, limits).of(model);
    return new KerasModel(
        file, config.name(), writer, graph.build(Names.distinct(outputs)), model.leaves(), rows);
  }

  private void fill(ModelPart model, Writer writer) {
    if (file.weights() instanceof WeightTree tree) {
      new TreeFilling(tree, source).fill(model);
      return;
    }
    LayerWeights layers = (LayerWeights) file.weights();
    if (file.format() == ModelFormat.TFJS_LAYERS) {
      new NamedFilling(layers, source).fill(model);
    } else {
      boolean whole = file.format() == ModelFormat.LEGACY_HDF5;
      new LegacyFilling(layers, layers.writer().orElse(writer), whole, source).fill(model);
    }
  }
}
