package org.conv4j.layer.reshaping;

import java.util.Objects;
import java.util.stream.IntStream;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.WeightlessLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;

/**
 * Keras's Reshape: the same elements in another shape.
 *
 * @param name the layer's name
 * @param targetShape the shape without the batch; one extent may be -1, which is then computed
 */
public record Reshape(String name, IntTuple targetShape) implements WeightlessLayer {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param targetShape see {@link #targetShape}
   */
  public Reshape {
    Objects.requireNonNull(name, "name");
    boolean legal =
        IntStream.of(targetShape.toArray()).allMatch(dim -> dim > 0 || dim == -1)
            && IntStream.of(targetShape.toArray()).filter(dim -> dim == -1).count() <= 1;
    if (!legal) {
      String expected = "extents of at least 1, one of them -1 at most";
      throw Arguments.invalid(name, "target_shape", expected, targetShape);
    }
  }

  /**
   * Returns a layer.
   *
   * @param targetShape the shape without the batch; one extent may be -1
   * @return the layer
   * @throws InvalidLayerException if the shape is illegal
   */
  public static Reshape of(int... targetShape) {
    return new Reshape("reshape", IntTuple.of(targetShape));
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public Reshape name(String name) {
    return new Reshape(name, targetShape);
  }

  @Override
  public Shape outputShape(Shape input) {
    Arguments.rankAtLeast(name, 1, input);
    long count = Extents.product(input, 1, input.rank());
    long[] dims = new long[targetShape.size() + 1];
    dims[0] = input.extent(0);
    Shape known = Shape.of(IntStream.of(targetShape.toArray()).mapToLong(Math::abs).toArray());
    boolean open = targetShape.size() > 0 && targetShape.min() == -1;
    long rest = Extents.isKnown(count) ? count / known.elementCount() : Shape.UNKNOWN;
    boolean fits = open ? count % known.elementCount() == 0 : count == known.elementCount();
    if (Extents.isKnown(count) && !fits) {
      String expected = "a shape of %d elements for the input %s".formatted(count, input);
      throw Arguments.invalid(name, "target_shape", expected, targetShape);
    }
    for (int i = 0; i < targetShape.size(); i++) {
      int dim = targetShape.get(i);
      dims[i + 1] = dim == -1 ? rest : dim;
    }
    return Shape.open(dims);
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    return lowering.reshape(name, input, outputShape(input.shape()));
  }
}
