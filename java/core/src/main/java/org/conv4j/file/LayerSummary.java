package org.conv4j.file;

import java.util.List;

/**
 * A layer, as a row of a model's summary.
 *
 * @param path the names of the models around the layer and its own, with slashes between
 * @param name the layer's name
 * @param className the format's name of its class
 * @param depth how many models are around it: 0 at the top
 * @param inputs the names of the layers whose outputs it takes, over all its calls
 * @param output the shape that its first call returns, {@link org.conv4j.model.InputSpec#ANY} where
 *     it depends on the input; null if it is never called or returns several tensors
 * @param parameters its weights; for a model those of its layers, which have rows of their own
 */
public record LayerSummary(
    String path,
    String name,
    String className,
    int depth,
    List<String> inputs,
    List<Long> output,
    ParameterCount parameters) {
  /**
   * Copies the lists.
   *
   * @param path see {@link #path}
   * @param name see {@link #name}
   * @param className see {@link #className}
   * @param depth see {@link #depth}
   * @param inputs see {@link #inputs}
   * @param output see {@link #output}
   * @param parameters see {@link #parameters}
   */
  public LayerSummary {
    inputs = List.copyOf(inputs);
    output = output == null ? null : List.copyOf(output);
  }
}
