package org.conv4j.onnx.operator;

import org.conv4j.onnx.call.Call;
import org.conv4j.onnx.call.Shapes;
import org.conv4j.onnx.shape.Numbers;
import org.conv4j.shape.Shape;

/** Where in a tensor the elements or rows are that indices name. */
final class Places {
  private Places() {}

  /** Places on one axis. */
  static int[] along(Call call, Numbers indices, long extent) {
    int[] places = new int[indices.count()];
    for (int i = 0; i < places.length; i++) {
      places[i] = place(call, indices.integer(i), extent);
    }
    return places;
  }

  private static int place(Call call, long index, long extent) {
    long counted = index < 0 ? index + extent : index;
    if (counted < 0 || counted >= extent) {
      throw call.node().invalid("there is no element %d on an axis of %d".formatted(index, extent));
    }
    return (int) counted;
  }

  /** Elements whose indices along one axis are given, and along the others are their own. */
  static int[] elements(Call call, Shape shape, Numbers indices) {
    int axis = call.axis("axis", 0);
    long[] dims = indices.dims();
    boolean fits = dims.length == shape.rank();
    for (int k = 0; fits && k < dims.length; k++) {
      fits = k == axis || dims[k] <= shape.dim(k);
    }
    if (!fits) {
      throw call.node().invalid("its indices do not fit an input of " + shape);
    }
    int[] places = new int[indices.count()];
    int[] index = new int[dims.length];
    for (int i = 0; i < places.length; i++) {
      long place = 0;
      for (int k = 0; k < dims.length; k++) {
        long at = k == axis ? place(call, indices.integer(i), shape.dim(k)) : index[k];
        place = place * shape.dim(k) + at;
      }
      places[i] = Math.toIntExact(place);
      for (int k = dims.length - 1; k >= 0 && ++index[k] == dims[k]; k--) {
        index[k] = 0;
      }
    }
    return places;
  }

  /**
   * Rows, by some indices for each.
   *
   * @param batch how many axes come before those that are indexed, and are the indices' own
   * @param depth how many indices each row has, at least 1
   */
  static int[] rows(Call call, Shape shape, Numbers indices, int batch, int depth) {
    int[] places = new int[indices.count() / depth];
    long each = places.length / Shapes.product(shape, 0, batch);
    for (int i = 0; i < places.length; i++) {
      long place = i / each;
      for (int k = 0; k < depth; k++) {
        long extent = shape.dim(batch + k);
        place = place * extent + place(call, indices.integer(i * depth + k), extent);
      }
      places[i] = Math.toIntExact(place);
    }
    return places;
  }
}
