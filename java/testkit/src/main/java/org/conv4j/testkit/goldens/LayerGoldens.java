package org.conv4j.testkit.goldens;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.keras.KerasLayers;
import org.conv4j.layer.Layer;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/** What real Keras answers for the layers besides convolutions, which may take several inputs. */
public final class LayerGoldens {
  /** The groups of layers, one pair of files each. */
  public static final List<String> GROUPS =
      List.of(
          "pooling",
          "shaping",
          "normalizations",
          "activations",
          "identities",
          "merging",
          "preprocessing",
          "recurrent",
          "attention");

  private LayerGoldens() {}

  /**
   * One layer with its inputs and what Keras makes of them. The tensors live as long as the
   * process.
   *
   * @param id names the case in its file
   * @param json the layer as Keras wrote it
   * @param inputs the inputs in order
   * @param weightNames the names of {@code layer.weights} in order
   * @param weightValues the values of {@code layer.weights} in order
   * @param outputs Keras's outputs in order
   */
  public record LayerGolden(
      String id,
      String json,
      List<Tensor> inputs,
      List<String> weightNames,
      List<Tensor> weightValues,
      List<Tensor> outputs) {
    /**
     * Reads the layer.
     *
     * @return the layer
     */
    public Layer layer() {
      return KerasLayers.parse(json, id).layer();
    }

    /**
     * Returns the shapes of the inputs.
     *
     * @return their shapes in order
     */
    public List<Shape> shapes() {
      return inputs.stream().map(Tensor::shape).toList();
    }

    /**
     * Returns the weights, told apart by position as they are in the files of whole models.
     *
     * @return the layer's weights
     */
    public Weights weights() {
      Map<String, Tensor> weights = new LinkedHashMap<>();
      List<WeightSpec> specs = layer().weights(shapes());
      for (int i = 0; i < specs.size(); i++) {
        weights.put(specs.get(i).name(), weightValues.get(i));
      }
      return Weights.of(weights);
    }

    @Override
    public String toString() {
      return id;
    }
  }

  /**
   * Reads the cases of a group.
   *
   * @param group one of {@link #GROUPS}
   * @return the cases
   */
  public static List<LayerGolden> of(String group) {
    Map<String, Map<String, Tensor>> tensors = Goldens.tensors("network-" + group + ".npz");
    List<LayerGolden> goldens = new ArrayList<>();
    for (JsonNode node : Goldens.json("network-" + group + ".json").path("cases")) {
      String id = node.path("id").asText();
      Map<String, Tensor> own = new HashMap<>(tensors.get(id));
      List<String> names = new ArrayList<>();
      node.path("weights").forEach(name -> names.add(name.asText()));
      goldens.add(
          new LayerGolden(
              id,
              node.path("layer").toString(),
              numbered(own, "input_", node.path("input_shapes").size()),
              names,
              numbered(own, "weight_", names.size()),
              numbered(own, "output_", node.path("output_shapes").size())));
    }
    return goldens;
  }

  private static List<Tensor> numbered(Map<String, Tensor> tensors, String prefix, int count) {
    List<Tensor> numbered = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbered.add(tensors.get(prefix + i));
    }
    return numbered;
  }
}
