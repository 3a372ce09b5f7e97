package org.conv4j.operation;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Gather;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/**
 * Elements along an axis by their places: {@code take(x, indices, axis)}. The axis is replaced by
 * those of the places. Negative places count from the end; one that there is no element at gives
 * NaN.
 *
 * @param name the layer's name
 * @param table what is taken from if it is constant, else null
 * @param indices the places if they are constant, else null
 * @param axis the axis, negative if it counts from the end; null for all elements as one row
 */
public record Take(String name, Constant table, Constant indices, Integer axis)
    implements Operation {
  /**
   * Checks that nothing is null that must not be.
   *
   * @param name see {@link #name}
   * @param table see {@link #table}
   * @param indices see {@link #indices}
   * @param axis see {@link #axis}
   */
  public Take {
    Objects.requireNonNull(name, "name");
  }

  @Override
  public int arity() {
    return (table == null ? 1 : 0) + (indices == null ? 1 : 0);
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Iterator<Shape> next = inputs.iterator();
    Shape from = table == null ? next.next() : table.shape();
    Shape places = indices == null ? next.next() : indices.shape();
    if (axis == null) {
      return places;
    }
    int along = Axes.resolve(name, axis, from.rank());
    long[] dims = new long[from.rank() - 1 + places.rank()];
    for (int i = 0; i < dims.length; i++) {
      int place = i - along;
      dims[i] =
          place < 0
              ? from.extent(i)
              : place < places.rank() ? places.extent(place) : from.extent(i - places.rank() + 1);
    }
    return Shape.open(dims);
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Iterator<Value> next = inputs.iterator();
    Value from = table == null ? next.next() : lowering.constant(table);
    Value places =
        lowering.asSeen(name, indices == null ? next.next() : lowering.constant(indices));
    int rank = from.shape().rank();
    int along = axis == null ? 0 : Axes.resolve(name, axis, rank);
    Value first =
        axis == null
            ? lowering.reshape(name, from, Shape.of(from.shape().elementCount()))
            : lowering.permute(name, from, IntTuple.generate(rank, i -> first(i, along)));
    long rows = first.shape().dim(0);
    long columns = Extents.product(first.shape(), 1, first.shape().rank());
    Value rowsFirst = lowering.reshape(name, first, Shape.of(rows, columns));
    Gather gather = new Gather(rowsFirst.shape(), places.shape());
    Value taken =
        lowering.append(
            name, gather, List.of(rowsFirst, places), List.of(), DataFormat.CHANNELS_LAST);
    return inPlace(lowering, taken, first.shape(), places.shape(), along);
  }

  /** Brings the axes of the places to where the axis was. */
  private Value inPlace(Lowering lowering, Value taken, Shape first, Shape places, int along) {
    int count = places.rank();
    long[] dims = new long[count + first.rank() - 1];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = i < count ? places.dim(i) : first.dim(i - count + 1);
    }
    Value apart = lowering.reshape(name, taken, Shape.of(dims));
    return lowering.permute(
        name,
        apart,
        IntTuple.generate(
            dims.length, i -> i < along ? i + count : i < along + count ? i - along : i));
  }

  private static int first(int position, int along) {
    return position == 0 ? along : position <= along ? position - 1 : position;
  }
}
