package org.conv4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.conv4j.djl.memory.Rows;
import org.conv4j.djl.memory.Storage;
import org.conv4j.djl.memory.Types;
import org.conv4j.djl.memory.View;

/** Arrays joined along an axis. */
final class Joining {
  private Joining() {}

  /**
   * Joins along a new axis. In front of the others, where batches are made, arrays keep the order
   * of their elements in memory.
   */
  static NDArray stack(Conv4jArray first, NDList others, int axis) {
    List<Conv4jArray> arrays = all(first, others);
    View view = first.view();
    for (Conv4jArray array : arrays) {
      if (!Arrays.equals(array.view().shape(), view.shape())) {
        throw new IllegalArgumentException(
            "Arrays of different shapes cannot be stacked: %s and %s."
                .formatted(first.getShape(), array.getShape()));
      }
    }
    int along = View.axis(axis, view.rank() + 1);
    boolean alike = along == 0 && view.isDense();
    for (Conv4jArray array : arrays) {
      alike = alike && Arrays.equals(array.view().strides(), view.strides());
    }
    if (!alike) {
      List<View> views = arrays.stream().map(array -> array.view().inserted(along)).toList();
      return join(arrays, views, along);
    }
    int size = view.size();
    Storage joined = Storage.allocate(type(arrays), Math.multiplyExact(size, arrays.size()));
    for (int i = 0; i < arrays.size(); i++) {
      Conv4jArray array = arrays.get(i);
      Rows.copy(array.storage(), array.view().offset(), joined, i * size, size);
    }
    View batch = view.moved(0).inserted(0);
    int[] shape = batch.shape().clone();
    int[] strides = batch.strides().clone();
    shape[0] = arrays.size();
    strides[0] = size;
    return new Conv4jArray(first.getManager(), joined, new View(0, shape, strides));
  }

  static NDArray concat(Conv4jArray first, NDList others, int axis) {
    List<Conv4jArray> arrays = all(first, others);
    int along = View.axis(axis, first.view().rank());
    return join(arrays, arrays.stream().map(Conv4jArray::view).toList(), along);
  }

  private static NDArray join(List<Conv4jArray> arrays, List<View> views, int axis) {
    int[] shape = views.get(0).shape().clone();
    shape[axis] = 0;
    for (View view : views) {
      shape[axis] += view.shape()[axis];
    }
    View whole = View.of(0, shape);
    Storage joined = Storage.allocate(type(arrays), whole.size());
    int begin = 0;
    for (int i = 0; i < arrays.size(); i++) {
      View part = whole.narrowed(axis, begin, views.get(i).shape()[axis]);
      if (!Arrays.equals(part.shape(), views.get(i).shape())) {
        throw new IllegalArgumentException(
            "Arrays of the shapes %s and %s cannot be joined along axis %d."
                .formatted(views.get(0).toShape(), views.get(i).toShape(), axis));
      }
      Rows.assign(joined, part, Rows.values(arrays.get(i).storage(), views.get(i)));
      begin += part.shape()[axis];
    }
    return new Conv4jArray(arrays.get(0).getManager(), joined, whole);
  }

  private static List<Conv4jArray> all(Conv4jArray first, NDList others) {
    List<Conv4jArray> arrays = new ArrayList<>();
    arrays.add(first);
    for (NDArray other : others) {
      arrays.add(Conv4jArray.of(other, first.getManager()));
    }
    return arrays;
  }

  private static DataType type(List<Conv4jArray> arrays) {
    return arrays.stream().map(Conv4jArray::getDataType).reduce(Types::common).orElseThrow();
  }
}
