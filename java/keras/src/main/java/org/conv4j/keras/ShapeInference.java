package org.conv4j.keras;

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
 * Finds out what shapes a model's tensors have, and with that what weights its layers need. Where
 * any extent will do, some are tried until the model can take them: the shapes of weights do not
 * depend on them. Where two tries differ, the extent depends on the input.
 */
final class ShapeInference {
  /** Most networks halve the extent a few times or add borders; some want one in particular. */
  private static final int[] EXTENTS = {
    64, 96, 128, 32, 224, 256, 299, 331, 512, 1024, 16, 8, 4, 2, 1, 100, 1000, 28, 48, 60
  };

  private final String source;
  private final FlatGraph graph;
  private final Set<Leaf> leaves = new HashSet<>();
  private List<Shape> first;
  private List<Shape> second;

  ShapeInference(String source, FlatGraph graph, ModelPart model) {
    this.source = source;
    this.graph = graph;
    leaves.addAll(model.leaves());
  }

  /**
   * Tells every layer what it is given.
   *
   * @throws Conv4jException if there is no input that the model can take
   */
  void infer() {
    if (!isKnown()) {
      return;
    }
    Conv4jException failure = null;
    int fits = 0;
    for (int extent : EXTENTS) {
      try {
        List<Shape> shapes = shapes(first == null ? 1 : 2, extent);
        if (first != null) {
          second = shapes;
          return;
        }
        first = shapes;
        fits = extent;
      } catch (Conv4jException unfit) {
        failure = failure == null ? unfit : failure;
      }
      if (first == null && isFixed()) {
        break;
      }
    }
    if (first == null) {
      throw failure;
    }
    second = shapes(1, fits);
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

  /** Whether nothing but the batch can vary. */
  private boolean isFixed() {
    return graph.inputs().stream()
        .allMatch(input -> input.dims().stream().skip(1).noneMatch(dim -> dim == InputSpec.ANY));
  }

  private List<Shape> shapes(long batch, long extent) {
    for (Leaf leaf : leaves) {
      leaf.forgetCalls();
    }
    List<Shape> given = new ArrayList<>();
    for (InputSpec input : graph.inputs()) {
      long[] dims = input.withAny(extent).toArray();
      if (dims.length > 0 && input.dims().get(0) == InputSpec.ANY) {
        dims[0] = batch;
      }
      given.add(Shape.of(dims));
    }
    return graph.shapes(given);
  }

  /** The shape that a part's first call returns, or null if it is not known or not one. */
  List<Long> output(Part part) {
    Integer value = graph.firstOutput(part);
    if (value == null || first == null) {
      return null;
    }
    Shape one = first.get(value);
    Shape other = second.get(value);
    if (one.rank() != other.rank()) {
      return null;
    }
    List<Long> dims = new ArrayList<>();
    for (int axis = 0; axis < one.rank(); axis++) {
      dims.add(one.dim(axis) == other.dim(axis) ? one.dim(axis) : InputSpec.ANY);
    }
    return dims;
  }
}
