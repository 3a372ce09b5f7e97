package org.conv4j.keras.graph;

import java.util.List;
import org.conv4j.model.InputSpec;

/**
 * A model: layers, what it is given, and what it returns. Every tensor that is referred to exists;
 * circles are possible.
 *
 * @param name its name
 * @param className Keras's name of the class
 * @param layers the layers in Keras's order, inputs included
 * @param inputs what it is given, in Keras's order
 * @param outputs what it returns, in Keras's order
 * @param recordsMasks whether calls name the masks that they are given, as Keras 3 writes those of
 *     functional models
 */
public record ModelConfig(
    String name,
    String className,
    List<LayerConfig> layers,
    List<Input> inputs,
    List<Output> outputs,
    boolean recordsMasks) {

  /**
   * Copies the lists.
   *
   * @param name see {@link #name}
   * @param className see {@link #className}
   * @param layers see {@link #layers}
   * @param inputs see {@link #inputs}
   * @param outputs see {@link #outputs}
   * @param recordsMasks see {@link #recordsMasks}
   */
  public ModelConfig {
    layers = List.copyOf(layers);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * One input.
   *
   * @param layer the input layer's name
   * @param spec the input's name and shape
   */
  public record Input(String layer, InputSpec spec) {}

  /**
   * One output.
   *
   * @param name its name; several may have the same
   * @param tensor the tensor that is returned
   */
  public record Output(String name, TensorRef tensor) {}
}
