package org.conv4j.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.conv4j.keras.file.Writer;
import org.conv4j.keras.graph.ModelConfigReader;
import org.conv4j.layer.WeightSpec;
import org.conv4j.limit.Limits;
import org.conv4j.shape.Shape;

/** Tells which weights a configuration needs, so that files can be made to fit. */
public final class NeededWeights {
  private NeededWeights() {}

  /** The shapes by the names that TensorFlow.js gives the weights. */
  public static Map<String, Shape> of(JsonNode config) {
    Writer writer = Writer.ofConfig(config);
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
