package org.conv4j.keras.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.error.MalformedFileException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.file.ParameterCount;
import org.conv4j.keras.file.SavedWeight;
import org.conv4j.keras.layer.LayerReader;
import org.conv4j.keras.layer.SavedVariables;
import org.conv4j.keras.layer.TypedLayer;
import org.conv4j.layer.Layer;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.weights.Constant;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/** A layer that may hold weights, which are found out and filled in while a model is loaded. */
public final class Leaf {
  private TypedLayer layer;

  /** Where Keras 3 keeps the variables of a custom layer; null for Keras's own, which know. */
  private List<SavedVariables> saved;

  private final String path;
  private final boolean trainable;
  private final Map<String, Constant> constants = new LinkedHashMap<>();
  private List<WeightSpec> specs;
  private Weights weights;

  /** What makes a custom layer; null if it is made. */
  private CustomReading open;

  /** A custom layer, which is made when its variables are known. */
  Leaf(CustomReading open, String path, boolean trainable) {
    this((TypedLayer) null, path, trainable);
    this.open = open;
  }

  Leaf(TypedLayer layer, String path, boolean trainable) {
    this.layer = layer;
    this.path = path;
    this.trainable = trainable;
  }

  public Layer layer() {
    return layer.layer();
  }

  /** Whether a reader is still to say what this is, by its variables. */
  public boolean isOpen() {
    return open != null;
  }

  /**
   * Makes a custom layer of its variables.
   *
   * @param variables their names and shapes, in the file's order
   * @param numbers their numbers
   * @param objects where Keras 3 keeps them; empty for other files
   */
  public void read(
      List<WeightSpec> variables, List<Constant> numbers, List<SavedVariables> objects) {
    layer = open.read(variables, numbers);
    saved = objects;
    open = null;
  }

  /** Where Keras 3 keeps its weights. */
  public List<SavedVariables> saved() {
    return saved == null ? LayerReader.saved(layer(), specs()) : saved;
  }

  public DataType dataType() {
    return layer.dataType();
  }

  public String path() {
    return path;
  }

  /**
   * Says what inputs one of its calls has, which decides what weights it needs.
   *
   * @param called the layer, which may take a mask in this call
   * @param inputs the inputs' shapes
   */
  void called(Layer called, List<Shape> inputs) {
    List<WeightSpec> needed = called.weights(inputs);
    if (specs == null) {
      specs = needed;
    } else if (!specs.equals(needed)) {
      throw new ShapeMismatchException(
          "Layer '%s' is shared, but needs the weights %s for one call and %s for another."
              .formatted(path, specs, needed));
    }
  }

  /** Forgets what {@link #called} said. */
  void forgetCalls() {
    specs = null;
  }

  /** What it needs; nothing if it is never called. */
  public List<WeightSpec> specs() {
    return specs == null ? List.of() : specs;
  }

  /** Fills weights of some names by position. */
  public void fill(List<String> names, List<SavedWeight> saved, String source) {
    if (saved.size() != names.size()) {
      throw new MalformedFileException(
          "%s: layer '%s' needs the %d weights %s; the file has %d for it."
              .formatted(source, path, names.size(), names, saved.size()));
    }
    for (int i = 0; i < saved.size(); i++) {
      fill(spec(names.get(i)), saved.get(i), source);
    }
  }

  private WeightSpec spec(String name) {
    for (WeightSpec spec : specs()) {
      if (spec.name().equals(name)) {
        return spec;
      }
    }
    throw new AssertionError(name);
  }

  public void fill(WeightSpec spec, SavedWeight saved, String source) {
    if (!saved.shape().equals(spec.shape())) {
      throw misshapen(spec, saved, source);
    }
    constants.put(spec.name(), saved.constant());
  }

  public MalformedFileException misshapen(WeightSpec spec, SavedWeight saved, String source) {
    return new MalformedFileException(
        "%s: the weight %s of layer '%s' must have the shape %s; the file has %s, which it calls '%s'."
            .formatted(source, spec.name(), path, spec.shape(), saved.shape(), saved.name()));
  }

  Weights weights() {
    if (weights == null) {
      weights = constants.isEmpty() ? Weights.none() : Weights.ofConstants(constants);
    }
    return weights;
  }

  /** The weights of several layers. */
  public static ParameterCount parameters(List<Leaf> leaves) {
    ParameterCount sum = ParameterCount.NONE;
    for (Leaf leaf : leaves) {
      sum = sum.plus(leaf.parameters());
    }
    return sum;
  }

  public ParameterCount parameters() {
    long trained = 0;
    long fixed = 0;
    for (WeightSpec spec : specs()) {
      if (trainable && spec.trainable()) {
        trained += spec.shape().elementCount();
      } else {
        fixed += spec.shape().elementCount();
      }
    }
    return new ParameterCount(trained, fixed);
  }
}
