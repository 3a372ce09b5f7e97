package org.conv4j.testkit.goldens;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.keras.KerasLayer;
import org.conv4j.keras.KerasLayers;
import org.conv4j.npy.Npz;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Weights;

/** The outputs of real Keras that lie beside this class; see their README for how they came. */
public final class Goldens {
  /** The layer classes, one pair of files each. */
  public static final List<String> CLASSES =
      List.of(
          "Conv1D",
          "Conv2D",
          "Conv3D",
          "DepthwiseConv1D",
          "DepthwiseConv2D",
          "SeparableConv1D",
          "SeparableConv2D",
          "Conv1DTranspose",
          "Conv2DTranspose",
          "Conv3DTranspose");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Goldens() {}

  /**
   * One layer with its input and what Keras makes of it. The tensors live as long as the process.
   *
   * @param id names the case in its file
   * @param json the layer as Keras wrote it
   * @param input the input
   * @param output Keras's output
   * @param weights Keras's variables by name
   */
  public record Golden(
      String id, String json, Tensor input, Tensor output, Map<String, Tensor> weights) {
    /**
     * Reads the layer.
     *
     * @return the layer
     */
    public KerasLayer layer() {
      return KerasLayers.parse(json, id);
    }

    /**
     * Names the variables as our layer does.
     *
     * @return the layer's weights
     */
    public Weights layerWeights() {
      return layer().weights(weights);
    }

    @Override
    public String toString() {
      return id;
    }
  }

  /**
   * A layer and an input that Keras refuses.
   *
   * @param id names the case in its file
   * @param json the layer's configuration
   * @param input the shape of the input
   * @param builtFor the shape of the input that the layer's weights are for
   */
  public record Rejected(String id, String json, Shape input, Shape builtFor) {
    @Override
    public String toString() {
      return id;
    }
  }

  /**
   * Reads the cases of a class.
   *
   * @param layerClass one of {@link #CLASSES}
   * @return the cases
   */
  public static List<Golden> of(String layerClass) {
    String npz = layerClass + ".npz";
    Map<String, Map<String, Tensor>> tensors = tensors(npz);
    List<Golden> goldens = new ArrayList<>();
    for (JsonNode node : json(layerClass + ".json").path("cases")) {
      String id = node.path("id").asText();
      Map<String, Tensor> weights = tensors.remove(id);
      Tensor input = weights.remove("input");
      Tensor output = weights.remove("output");
      goldens.add(new Golden(id, node.path("layer").toString(), input, output, weights));
    }
    if (!tensors.isEmpty()) {
      throw new IllegalStateException(npz + " holds tensors of no case: " + tensors.keySet());
    }
    return goldens;
  }

  /** The tensors of a file by case and name. */
  static Map<String, Map<String, Tensor>> tensors(String npz) {
    Map<String, Map<String, Tensor>> tensors = new HashMap<>();
    Npz.read(bytes(npz), npz)
        .forEach(
            (name, tensor) -> {
              int slash = name.lastIndexOf('/');
              tensors
                  .computeIfAbsent(name.substring(0, slash), id -> new HashMap<>())
                  .put(name.substring(slash + 1), tensor);
            });
    return tensors;
  }

  /**
   * Reads what Keras refuses.
   *
   * @return the layers
   */
  public static List<Rejected> rejected() {
    List<Rejected> rejected = new ArrayList<>();
    for (JsonNode node : json("rejected.json").path("cases")) {
      Shape input = shape(node.path("input_shape"));
      rejected.add(
          new Rejected(
              node.path("id").asText(),
              node.path("layer").toString(),
              input,
              node.has("built_for") ? shape(node.path("built_for")) : input));
    }
    return rejected;
  }

  /**
   * Reads how long Keras's outputs are.
   *
   * @return rows of kind, n, k, s, d, padding, output padding or null, and the output's length
   */
  public static List<List<Object>> arithmetic() {
    return MAPPER.convertValue(json("arithmetic.json").path("rows"), new TypeReference<>() {});
  }

  private static Shape shape(JsonNode dims) {
    return Shape.of(MAPPER.convertValue(dims, long[].class));
  }

  static JsonNode json(String name) {
    try {
      return MAPPER.readTree(bytes(name));
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  private static byte[] bytes(String name) {
    try (InputStream stream = Goldens.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("There is no golden file " + name + ".");
      }
      return stream.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
