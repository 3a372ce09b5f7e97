package org.conv4j.keras;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.keras.graph.LayerConfig;
import org.conv4j.keras.json.ArrayNode;
import org.conv4j.keras.json.KerasJson;
import org.conv4j.keras.json.ObjectNode;
import org.conv4j.layer.Layer;
import org.conv4j.model.InputSpec;

/**
 * A chain of layers that a program has made, for weights without a configuration.
 *
 * @param input what the first layer is given
 * @param layers the layers in their order
 */
record LayerList(InputSpec input, List<Layer> layers) {
  LayerList {
    layers = List.copyOf(layers);
  }

  /** As much of Keras's configuration as says which layer comes after which. */
  String config() {
    ObjectNode model = new ObjectNode().put("class_name", "Sequential");
    ArrayNode chain = model.putObject("config").putArray("layers");
    ObjectNode given = add(chain, LayerConfig.INPUT_LAYER, input.name());
    if (input.dims() != null) {
      ArrayNode shape = given.putArray("batch_shape");
      for (long dim : input.dims()) {
        if (dim == InputSpec.ANY) {
          shape.addNull();
        } else {
          shape.add(dim);
        }
      }
    }
    for (Layer layer : layers) {
      add(chain, layer.className(), layer.name());
    }
    return KerasJson.write(model);
  }

  Map<String, Layer> byName() {
    Map<String, Layer> byName = new LinkedHashMap<>();
    layers.forEach(layer -> byName.put(layer.name(), layer));
    return byName;
  }

  private static ObjectNode add(ArrayNode chain, String className, String name) {
    ObjectNode layer = chain.addObject().put("class_name", className);
    return layer.putObject("config").put("name", name);
  }
}
