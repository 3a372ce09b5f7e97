package org.conv4j.operation.reshaping;

import java.util.List;
import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Concat;
import org.conv4j.operation.Axes;
import org.conv4j.operation.Operation;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * The elements moved along some axes; what leaves at one end comes in at the other.
 *
 * @param name the layer's name
 * @param shifts how far, for each of the axes; one number without axes
 * @param axes the axes, negative ones counted from the end; null for all elements as one sequence
 */
public record Roll(String name, IntTuple shifts, IntTuple axes) implements Operation {
  /**
   * Checks that there is a distance for each axis.
   *
   * @param name see {@link #name}
   * @param shifts see {@link #shifts}
   * @param axes see {@link #axes}
   */
  public Roll {
    Objects.requireNonNull(name, "name");
    int expected = axes == null ? 1 : axes.size();
    if (shifts.size() != expected) {
      throw new InvalidLayerException(
          "Layer '%s': shift must be %d numbers, one for each axis; given %s."
              .formatted(name, expected, shifts));
    }
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Shape input = inputs.get(0);
    for (int i = 0; axes != null && i < axes.size(); i++) {
      Axes.resolve(name, axes.get(i), input.rank());
    }
    return input;
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Value in = lowering.asSeen(name, inputs.get(0));
    if (axes == null) {
      Value line = lowering.reshape(name, in, Shape.of(in.shape().elementCount()));
      return lowering.reshape(name, roll(lowering, line, 0, shifts.get(0)), in.shape());
    }
    Value rolled = in;
    for (int i = 0; i < axes.size(); i++) {
      int axis = Axes.resolve(name, axes.get(i), in.shape().rank());
      rolled = roll(lowering, rolled, axis, shifts.get(i));
    }
    return rolled;
  }

  private Value roll(Lowering lowering, Value in, int axis, int shift) {
    int extent = in.shape().intDim(axis);
    int cut = extent - Math.floorMod(shift, extent);
    if (cut == extent) {
      return in;
    }
    Value last = part(lowering, in, axis, cut, extent);
    Value first = part(lowering, in, axis, 0, cut);
    Concat op = new Concat(List.of(last.shape(), first.shape()), axis);
    return lowering.append(name, op, List.of(last, first), List.of(), DataFormat.CHANNELS_LAST);
  }

  private Value part(Lowering lowering, Value in, int axis, int start, int stop) {
    GetItem item = new GetItem(name, Index.along(axis, new Index.Range(start, stop, null)));
    return item.append(lowering, List.of(in));
  }
}
