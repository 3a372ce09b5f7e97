package org.conv4j.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.keras.graph.ConfigStyle;
import org.conv4j.keras.graph.LayerCall;
import org.conv4j.keras.graph.LayerConfig;
import org.conv4j.keras.graph.ModelConfigReader;
import org.conv4j.keras.graph.TensorRef;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.model.FlatGraph;
import org.conv4j.keras.model.Leaf;
import org.conv4j.keras.model.ModelPart;
import org.conv4j.keras.model.PartReader;
import org.conv4j.keras.model.ShapeInference;
import org.conv4j.keras.operation.OperationLayer;
import org.conv4j.keras.operation.Operations;
import org.conv4j.keras.writer.Writer;
import org.conv4j.limit.Limits;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;

/** Tells what configurations need and return, so that files and graphs can be made to fit. */
public final class KerasShapes {
  private KerasShapes() {}

  /**
   * The shape that an operation of Keras 3 returns.
   *
   * @param json the operation
   * @param arguments of its call
   * @param shapes those of tensors, by the layers that they come from
   */
  public static Shape returned(JsonNode json, List<JsonNode> arguments, Map<String, Shape> shapes) {
    String name = json.get("name").asText();
    LayerConfig layer =
        new LayerConfig(
            name,
            json.get("class_name").asText(),
            json.get("module").asText(),
            json,
            true,
            null,
            null,
            List.of());
    OperationLayer operation = Operations.read(layer, name, new LayerCall(arguments, Map.of()), 0);
    List<Shape> taken = new ArrayList<>();
    for (TensorRef tensor : operation.inputs()) {
      taken.add(shapes.get(tensor.layer()));
    }
    return operation.layer().outputShape(taken);
  }

  /** The shapes by the names that TensorFlow.js gives the weights. */
  public static Map<String, Shape> weights(JsonNode config) {
    Writer writer = ConfigStyle.writer(config);
    ModelPart model =
        new PartReader("config", writer, Limits.DEFAULT)
            .read(ModelConfigReader.read(config, "config"));
    FlatGraph graph = new FlatGraph("config", model, Limits.DEFAULT);
    new ShapeInference("config", graph, model).infer();
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Leaf leaf : model.leaves()) {
      for (WeightSpec spec : leaf.specs()) {
        shapes.put(leaf.path() + "/" + spec.name(), spec.shape());
      }
    }
    return shapes;
  }
}
