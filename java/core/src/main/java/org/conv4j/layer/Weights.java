package org.conv4j.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.tensor.Tensor;

/**
 * The weights of one layer under Keras's variable names. Immutable; the tensors belong to whoever
 * made them and must stay open and unchanged until the models that use them are compiled.
 */
public final class Weights {
  private static final Weights NONE = new Weights(Map.of());

  private final Map<String, Tensor> tensors;

  private Weights(Map<String, Tensor> tensors) {
    this.tensors = new LinkedHashMap<>(tensors);
  }

  /**
   * Returns the given weights.
   *
   * @param tensors the tensors by variable name
   * @return the weights
   */
  public static Weights of(Map<String, Tensor> tensors) {
    return new Weights(tensors);
  }

  /**
   * Returns the weights of a layer that has none.
   *
   * @return no weights
   */
  public static Weights none() {
    return NONE;
  }

  /**
   * Returns a kernel without a bias.
   *
   * @param kernel the variable {@code kernel}
   * @return the weights
   */
  public static Weights of(Tensor kernel) {
    return new Weights(Map.of("kernel", kernel));
  }

  /**
   * Returns a kernel and a bias.
   *
   * @param kernel the variable {@code kernel}
   * @param bias the variable {@code bias}
   * @return the weights
   */
  public static Weights of(Tensor kernel, Tensor bias) {
    return new Weights(Map.of("kernel", kernel, "bias", bias));
  }

  /**
   * Returns one weight.
   *
   * @param name the variable's name
   * @return the tensor
   * @throws ShapeMismatchException if there is none
   */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new ShapeMismatchException(
          "There is no weight '" + name + "'; given " + tensors.keySet() + ".");
    }
    return tensor;
  }

  /**
   * Returns how many numbers these are.
   *
   * @return the sum over all tensors
   */
  public long elementCount() {
    return tensors.values().stream().mapToLong(tensor -> tensor.shape().elementCount()).sum();
  }

  /**
   * Checks that these are exactly the weights a layer needs.
   *
   * @param layer the layer's name, for the message
   * @param expected what it needs
   * @throws ShapeMismatchException if a weight is missing, superfluous or of another shape
   */
  public void check(String layer, List<WeightSpec> expected) {
    String names = expected.stream().map(WeightSpec::name).collect(Collectors.joining(", "));
    for (WeightSpec spec : expected) {
      Tensor tensor = tensors.get(spec.name());
      if (tensor == null) {
        throw new ShapeMismatchException(
            "Layer '%s' needs the weights %s; given %s.".formatted(layer, names, given()));
      }
      if (!tensor.shape().equals(spec.shape())) {
        throw new ShapeMismatchException(
            "Layer '%s': the weight %s must have the shape %s; given %s."
                .formatted(layer, spec.name(), spec.shape(), tensor.shape()));
      }
    }
    if (tensors.size() != expected.size()) {
      throw new ShapeMismatchException(
          "Layer '%s' needs the weights %s and no others; given %s."
              .formatted(layer, names, given()));
    }
  }

  private String given() {
    return tensors.isEmpty() ? "none" : String.join(", ", tensors.keySet());
  }
}
