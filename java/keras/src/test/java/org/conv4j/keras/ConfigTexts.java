package org.conv4j.keras;

import java.util.List;
import org.conv4j.keras.graph.ModelConfig;
import org.conv4j.keras.graph.ModelConfigReader;
import org.conv4j.keras.json.KerasJson;
import org.conv4j.keras.model.FlatGraph;
import org.conv4j.keras.model.ModelPart;
import org.conv4j.keras.model.PartReader;
import org.conv4j.keras.model.ShapeInference;
import org.conv4j.keras.writer.Writer;
import org.conv4j.limit.Limits;
import org.conv4j.model.Model;
import org.conv4j.model.Names;

/** Writes small configurations as Keras does, and makes models without weights of them. */
final class ConfigTexts {
  private ConfigTexts() {}

  static String input(String name, String shape) {
    return "{'class_name': 'InputLayer', 'name': '%s', 'inbound_nodes': [], 'config': {'name': '%s', 'batch_shape': %s}}"
        .formatted(name, name, shape);
  }

  /** A layer of Keras 3 that is called once for each argument. */
  static String layer(String className, String name, String config, String... arguments) {
    StringBuilder calls = new StringBuilder();
    for (String argument : arguments) {
      calls.append(calls.isEmpty() ? "" : ", ");
      calls.append("{'args': [%s], 'kwargs': {}}".formatted(argument));
    }
    return "{'module': 'keras.layers', 'class_name': '%s', 'name': '%s', 'config': {'name': '%s'%s}, 'inbound_nodes': [%s]}"
        .formatted(className, name, name, config.isEmpty() ? "" : ", " + config, calls);
  }

  static String relu(String name, String... arguments) {
    return layer("ReLU", name, "", arguments);
  }

  static String operation(String className, String name, String config, String arguments) {
    return layer(className, name, config, arguments).replace("keras.layers", "keras.src.ops.numpy");
  }

  static String tensor(String layer) {
    return tensor(layer, 0, 0);
  }

  static String tensor(String layer, int call, int output) {
    return "{'class_name': '__keras_tensor__', 'config': {'shape': [null, 4], 'keras_history': ['%s', %d, %d]}}"
        .formatted(layer, call, output);
  }

  static String functional(String name, String inputs, String outputs, String... layers) {
    return "{'module': 'keras', 'class_name': 'Functional', 'name': '%s', 'config': {'name': '%s', 'layers': [%s], 'input_layers': %s, 'output_layers': %s}}"
        .formatted(name, name, String.join(", ", layers), inputs, outputs);
  }

  /** A model in a model, called once for each argument. */
  static String nested(String model, String... arguments) {
    List<String> calls =
        List.of(arguments).stream().map(a -> "{'args': [%s], 'kwargs': {}}".formatted(a)).toList();
    return model.substring(0, model.length() - 1) + ", 'inbound_nodes': " + calls + "}";
  }

  static Model read(String config) {
    ModelConfig model =
        ModelConfigReader.read(KerasJson.object(config.replace('\'', '"'), "config"), "config");
    ModelPart parts = new PartReader("config", Writer.KERAS_3, Limits.DEFAULT).read(model);
    FlatGraph graph = new FlatGraph("config", parts, Limits.DEFAULT);
    new ShapeInference("config", graph, parts).infer();
    return graph.build(
        Names.distinct(model.outputs().stream().map(ModelConfig.Output::name).toList()));
  }
}
