package org.conv4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDArrayIndexer;
import ai.djl.ndarray.index.full.NDIndexFullPick;
import ai.djl.ndarray.index.full.NDIndexFullSlice;
import ai.djl.ndarray.index.full.NDIndexFullTake;
import java.util.Arrays;
import org.conv4j.djl.memory.Rows;
import org.conv4j.djl.memory.View;

/** Slices of arrays, which are views; other ways of indexing are left to another engine. */
final class Conv4jIndexer extends NDArrayIndexer {
  private final NDManager manager;

  Conv4jIndexer(NDManager manager) {
    this.manager = manager;
  }

  @Override
  public NDArray get(NDArray array, NDIndexFullSlice slice) {
    Conv4jArray source = (Conv4jArray) array;
    View view = source.view();
    int[] begin = ints(slice.getMin());
    int[] shape = View.extents(slice.getShape());
    for (int axis = 0; axis < view.rank(); axis++) {
      int last = begin[axis] + (shape[axis] - 1) * (int) slice.getStep()[axis];
      if (begin[axis] < 0 || shape[axis] < 0 || last >= view.shape()[axis]) {
        throw new IndexOutOfBoundsException(
            "Axis %d of the shape %s has no positions %d to %d."
                .formatted(axis, array.getShape(), begin[axis], last));
      }
    }
    View sliced = view.sliced(begin, ints(slice.getStep()), shape).removed(slice.getToSqueeze());
    Conv4jArray result = source.viewed(sliced);
    result.attach(manager);
    return result;
  }

  private static int[] ints(long[] values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }

  @Override
  public NDArray get(NDArray array, NDIndexFullPick pick) {
    throw unsupported("pick");
  }

  @Override
  public NDArray get(NDArray array, NDIndexFullTake take) {
    throw unsupported("take");
  }

  @Override
  public void set(NDArray array, NDIndexFullSlice slice, NDArray value) {
    NDArray target = get(array, slice);
    value.copyTo(target);
    target.close();
  }

  @Override
  public void set(NDArray array, NDIndexFullSlice slice, Number value) {
    Conv4jArray target = (Conv4jArray) get(array, slice);
    double[] values = new double[target.view().size()];
    Arrays.fill(values, value.doubleValue());
    Rows.assign(target.storage(), target.view(), values);
    target.close();
  }

  private static UnsupportedOperationException unsupported(String operation) {
    return new UnsupportedOperationException(
        "The engine Conv4j has no operation '%s' for arrays; convert the array with another engine's NDManager.from first."
            .formatted(operation));
  }
}
