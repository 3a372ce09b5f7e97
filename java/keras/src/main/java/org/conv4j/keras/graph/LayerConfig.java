package org.conv4j.keras.graph;

import java.util.List;
import java.util.Optional;
import org.conv4j.keras.json.JsonNode;

/**
 * A layer of a model, or a model that is used as a layer.
 *
 * @param name unique in its model
 * @param className Keras's name of the class
 * @param module the Python module of the class; empty where older versions leave it out
 * @param json the object that {@code keras.layers.serialize} returns
 * @param trainable whether its weights are trained
 * @param sharedId what layers have in common that are one object in several models, or null
 * @param nested the model, if this is one or applies one to each step of a sequence, else null
 * @param calls how it is called
 */
public record LayerConfig(
    String name,
    String className,
    String module,
    JsonNode json,
    boolean trainable,
    Long sharedId,
    ModelConfig nested,
    List<LayerCall> calls) {

  /** Keras's wrapper that applies a layer to each step of a sequence. */
  public static final String TIME_DISTRIBUTED = "TimeDistributed";

  /** Keras's class for what a model is given. */
  public static final String INPUT_LAYER = "InputLayer";

  /**
   * Copies the list.
   *
   * @param name see {@link #name}
   * @param className see {@link #className}
   * @param module see {@link #module}
   * @param json see {@link #json}
   * @param trainable see {@link #trainable}
   * @param sharedId see {@link #sharedId}
   * @param nested see {@link #nested}
   * @param calls see {@link #calls}
   */
  public LayerConfig {
    calls = List.copyOf(calls);
  }

  /**
   * Returns whether this is a model.
   *
   * @return true for a model itself, false for a wrapper around one
   */
  public boolean isModel() {
    return nested != null && !className.equals(TIME_DISTRIBUTED);
  }

  /**
   * Looks into a wrapper, whatever its class.
   *
   * @param layer the object that {@code keras.layers.serialize} returns
   * @return what the layer or model inside was serialised to; null if there is none
   */
  public static JsonNode wrapped(JsonNode layer) {
    JsonNode inner = layer.path("config").path("layer");
    return inner.path("class_name").isTextual() ? inner : null;
  }

  /**
   * Returns whether this stands for what the model is given.
   *
   * @return true for an input
   */
  public boolean isInput() {
    return className.equals(INPUT_LAYER);
  }

  /**
   * Returns whether this is an operation on symbolic tensors rather than a layer.
   *
   * @return true for classes of {@code keras.ops} and {@code keras.activations}
   */
  public boolean isOperation() {
    return module.contains(".ops.") || module.contains(".activations.");
  }

  /**
   * Returns the layer's arguments.
   *
   * @return the object {@code config}
   */
  public JsonNode config() {
    return json.path("config");
  }

  /**
   * Returns the model inside.
   *
   * @return the nested model, if there is one
   */
  public Optional<ModelConfig> model() {
    return Optional.ofNullable(nested);
  }

  LayerConfig withCalls(List<LayerCall> newCalls) {
    return new LayerConfig(name, className, module, json, trainable, sharedId, nested, newCalls);
  }
}
