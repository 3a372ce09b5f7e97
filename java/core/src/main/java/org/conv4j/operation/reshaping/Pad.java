package org.conv4j.operation.reshaping;

import java.util.List;
import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.operation.Operation;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * Copies of one number around a tensor.
 *
 * @param name the layer's name
 * @param begin for each axis, how many elements come before; a single number stands for all axes
 * @param end for each axis, how many elements come after
 * @param value the number
 */
public record Pad(String name, IntTuple begin, IntTuple end, double value) implements Operation {
  /**
   * Checks the widths.
   *
   * @param name see {@link #name}
   * @param begin see {@link #begin}
   * @param end see {@link #end}
   * @param value see {@link #value}
   */
  public Pad {
    Objects.requireNonNull(name, "name");
    if (begin.size() != end.size() || begin.size() == 0 || begin.min() < 0 || end.min() < 0) {
      throw new InvalidLayerException(
          "Layer '%s': padding needs widths of at least 0; given %s and %s."
              .formatted(name, begin, end));
    }
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Shape input = requireAxes(inputs.get(0));
    long[] dims = input.extents();
    for (int axis = 0; axis < dims.length; axis++) {
      int place = begin.size() == 1 ? 0 : axis;
      dims[axis] = Extents.changed(dims[axis], (long) begin.get(place) + end.get(place));
    }
    return Shape.open(dims);
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Value in = lowering.asSeen(name, inputs.get(0));
    Shape input = requireAxes(in.shape());
    org.conv4j.op.Pad op = new org.conv4j.op.Pad(input, all(begin, input), all(end, input), value);
    return lowering.append(name, op, in, List.of(), DataFormat.CHANNELS_LAST);
  }

  private Shape requireAxes(Shape input) {
    if (begin.size() != 1 && begin.size() != input.rank()) {
      throw new ShapeMismatchException(
          "Layer '%s' pads %d axes; given %s.".formatted(name, begin.size(), input));
    }
    return input;
  }

  private static IntTuple all(IntTuple widths, Shape input) {
    return widths.size() == 1 ? IntTuple.filled(input.rank(), widths.get(0)) : widths;
  }
}
