package org.conv4j.keras.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.layer.MultiInputLayer;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.model.InputSpec;
import org.conv4j.shape.Shape;

/**
 * Finds out what shapes a model's tensors have, and with that what weights its layers need. What
 * depends on extents that the file leaves open stays unknown, as in Keras.
 */
public final class ShapeInference {
  private final String source;
  private final FlatGraph graph;
  private final Set<Leaf> leaves = new HashSet<>();

  /** By value; null if the inputs' shapes are not known. */
  private List<Shape> shapes;

  public ShapeInference(String source, FlatGraph graph, ModelPart model) {
    this.source = source;
    this.graph = graph;
    leaves.addAll(model.leaves());
  }

  /**
   * Tells every layer what it is given.
   *
   * @throws Conv4jException if layers do not fit together, or a weight's shape depends on an extent
   *     that is open
   */
  public void infer() {
    if (!isKnown()) {
      return;
    }
    List<Shape> anyBatch = new ArrayList<>();
    List<Shape> declared = new ArrayList<>();
    for (InputSpec input : graph.inputs()) {
      Shape open = input.open();
      anyBatch.add(open);
      boolean hasBatch = open.rank() > 0 && input.dims().get(0) != InputSpec.ANY;
      declared.add(hasBatch ? open.withDim(0, input.dims().get(0)) : open);
    }
    try {
      shapes = shapes(anyBatch);
    } catch (Conv4jException unfit) {
      if (declared.equals(anyBatch)) {
        throw unfit;
      }
      // Operations can move the batch to where a weight's shape depends on it.
      shapes = shapes(declared);
    }
  }

  /** Without shapes there is nothing to infer, which does not matter if there are no weights. */
  private boolean isKnown() {
    for (InputSpec input : graph.inputs()) {
      if (input.dims() == null && !leaves.stream().allMatch(ShapeInference::learnsNothing)) {
        throw new InvalidLayerException(
            "%s does not tell the shape of input '%s'; build the model before saving it."
                .formatted(source, input.name()));
      }
    }
    for (InputSpec input : graph.inputs()) {
      if (input.dims() == null) {
        return false;
      }
    }
    return true;
  }

  private static boolean learnsNothing(Leaf leaf) {
    return leaf.layer() instanceof WeightlessLayer || leaf.layer() instanceof MultiInputLayer;
  }

  private List<Shape> shapes(List<Shape> given) {
    for (Leaf leaf : leaves) {
      leaf.forgetCalls();
    }
    return graph.shapes(given);
  }

  /** The shape that a part's first call returns, or null if it is not known or not one. */
  List<Long> output(Part part) {
    Integer value = graph.firstOutput(part);
    if (value == null || shapes == null) {
      return null;
    }
    List<Long> dims = new ArrayList<>();
    for (long extent : shapes.get(value).extents()) {
      dims.add(extent == Shape.UNKNOWN ? InputSpec.ANY : extent);
    }
    return dims;
  }
}
