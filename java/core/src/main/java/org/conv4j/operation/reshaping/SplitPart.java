package org.conv4j.operation.reshaping;

import java.util.List;
import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.operation.Axes;
import org.conv4j.operation.Operation;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * One of the parts into which {@code split} cuts a tensor.
 *
 * @param name the layer's name
 * @param axis the axis that is cut; negative values count from the end
 * @param sections into how many equal parts; 0 if {@code cuts} says where
 * @param cuts the elements before which to cut, in ascending order; empty for equal parts
 * @param part which part, counted from 0
 */
public record SplitPart(String name, int axis, int sections, IntTuple cuts, int part)
    implements Operation {
  /**
   * Checks that there is such a part.
   *
   * @param name see {@link #name}
   * @param axis see {@link #axis}
   * @param sections see {@link #sections}
   * @param cuts see {@link #cuts}
   * @param part see {@link #part}
   */
  public SplitPart {
    Objects.requireNonNull(name, "name");
    int parts = sections > 0 ? sections : cuts.size() + 1;
    if (sections < 0 || part < 0 || part >= parts) {
      throw new InvalidLayerException(
          "Layer '%s' has the parts 0 to %d; given %d.".formatted(name, parts - 1, part));
    }
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Shape input = inputs.get(0);
    int along = Axes.resolve(name, axis, input.rank());
    return Extents.isKnown(input.extent(along))
        ? item(input).resultShape(inputs)
        : input.withDim(along, Shape.UNKNOWN);
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    return item(inputs.get(0).shape()).append(lowering, inputs);
  }

  private GetItem item(Shape input) {
    int along = Axes.resolve(name, axis, input.rank());
    return new GetItem(name, Index.along(along, range(input.intDim(along))));
  }

  private Index range(int extent) {
    if (sections == 0) {
      Integer start = part == 0 ? null : Integer.valueOf(cuts.get(part - 1));
      Integer stop = part == cuts.size() ? null : Integer.valueOf(cuts.get(part));
      return new Index.Range(start, stop, null);
    }
    if (extent % sections != 0) {
      throw new ShapeMismatchException(
          "Layer '%s' cannot cut %d elements into %d equal parts."
              .formatted(name, extent, sections));
    }
    int size = extent / sections;
    return new Index.Range(part * size, (part + 1) * size, null);
  }
}
