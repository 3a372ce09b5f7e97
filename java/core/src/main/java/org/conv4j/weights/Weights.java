package org.conv4j.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.tensor.Tensor;

/**
 * The weights of one layer under Keras's variable names. Immutable; the tensors, or the files that
 * the weights are read from, belong to the code that made them and must stay open and unchanged
 * until the models that use them are compiled.
 */
public final class Weights {
  private static final Weights NONE = new Weights(Map.of());

  private final Map<String, Constant> constants;

  private Weights(Map<String, Constant> constants) {
    this.constants = new LinkedHashMap<>(constants);
  }

  /**
   * Returns the given weights.
   *
   * @param tensors the tensors by variable name
   * @return the weights
   */
  public static Weights of(Map<String, Tensor> tensors) {
    Map<String, Constant> given = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> given.put(name, new Constant.Given(tensor)));
    return new Weights(given);
  }

  /**
   * Returns weights that are read when they are needed.
   *
   * @param constants the weights by variable name
   * @return the weights
   */
  public static Weights ofConstants(Map<String, Constant> constants) {
    return new Weights(constants);
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
    return of(Map.of("kernel", kernel));
  }

  /**
   * Returns a kernel and a bias.
   *
   * @param kernel the variable {@code kernel}
   * @param bias the variable {@code bias}
   * @return the weights
   */
  public static Weights of(Tensor kernel, Tensor bias) {
    return of(Map.of("kernel", kernel, "bias", bias));
  }

  /**
   * Returns one weight.
   *
   * @param name the variable's name
   * @return its numbers, in Keras's layout
   * @throws ShapeMismatchException if there is none
   */
  public Constant get(String name) {
    Constant constant = constants.get(name);
    if (constant == null) {
      throw new ShapeMismatchException(
          "There is no weight '" + name + "'; given " + constants.keySet() + ".");
    }
    return constant;
  }

  /**
   * Returns how many numbers these are.
   *
   * @return the sum over all weights
   */
  public long elementCount() {
    return constants.values().stream().mapToLong(constant -> constant.shape().elementCount()).sum();
  }

  /**
   * Checks that these are exactly the weights a layer needs.
   *
   * @param layer the layer's name, for the message
   * @param expected what it needs
   * @throws ShapeMismatchException if a weight is missing, superfluous or of another shape
   */
  public void check(String layer, List<WeightSpec> expected) {
    WeightSpec other = firstOther(expected);
    Constant constant = other == null ? null : constants.get(other.name());
    if (constant != null) {
      throw new ShapeMismatchException(
          "Layer '%s': the weight %s must have the shape %s; given %s."
              .formatted(layer, other.name(), other.shape(), constant.shape()));
    }
    if (other != null) {
      throw new ShapeMismatchException(
          "Layer '%s' needs the weights %s; given %s.".formatted(layer, names(expected), given()));
    }
    if (constants.size() != expected.size()) {
      throw new ShapeMismatchException(
          "Layer '%s' needs the weights %s and no others; given %s."
              .formatted(layer, names(expected), given()));
    }
  }

  /**
   * Returns whether these are exactly the weights a layer needs.
   *
   * @param expected what it needs
   * @return whether {@link #check} would pass; searches for a fitting input ask often
   */
  public boolean fit(List<WeightSpec> expected) {
    return constants.size() == expected.size() && firstOther(expected) == null;
  }

  /** The first that is missing here or has another shape, or null. */
  private WeightSpec firstOther(List<WeightSpec> expected) {
    for (WeightSpec spec : expected) {
      Constant constant = constants.get(spec.name());
      if (constant == null || !constant.shape().equals(spec.shape())) {
        return spec;
      }
    }
    return null;
  }

  private static String names(List<WeightSpec> specs) {
    return specs.stream().map(WeightSpec::name).collect(Collectors.joining(", "));
  }

  private String given() {
    return constants.isEmpty() ? "none" : String.join(", ", constants.keySet());
  }
}
