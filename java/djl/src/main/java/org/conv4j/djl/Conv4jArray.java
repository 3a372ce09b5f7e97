package org.conv4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.conv4j.djl.memory.HeapStorage;
import org.conv4j.djl.memory.Rows;
import org.conv4j.djl.memory.Storage;
import org.conv4j.djl.memory.View;

/**
 * An array: a view of a storage. Has what DJL's translators do with images and scores; the rest
 * goes to another engine. Not thread-safe, as DJL's arrays are not.
 */
final class Conv4jArray extends NumericArray {
  private Storage storage;
  private View view;

  /** Takes over one use of the storage. */
  Conv4jArray(NDManager manager, Storage storage, View view) {
    super(manager, alternativeOf(manager), view, storage.type());
    this.storage = storage;
    this.view = view;
    manager.attachInternal(uid, this);
  }

  /**
   * An array of this engine's with the elements of another, attached to a manager that closes it;
   * itself if it is one already.
   */
  static Conv4jArray of(NDArray array, NDManager owner) {
    if (array instanceof Conv4jArray ours) {
      return ours;
    }
    View view = View.of(array.getShape());
    Storage storage = Storage.allocate(array.getDataType(), view.size());
    storage.copyFrom(array.toByteBuffer());
    Conv4jArray copy = new Conv4jArray(owner, storage, view);
    copy.setName(array.getName());
    return copy;
  }

  private static NDManager alternativeOf(NDManager manager) {
    return manager instanceof Conv4jManager ours ? ours.alternative() : manager;
  }

  @Override
  Storage storage() {
    if (isClosed) {
      throw new IllegalStateException("This array is closed.");
    }
    return storage;
  }

  @Override
  View view() {
    return view;
  }

  /** Another array of the same elements. */
  Conv4jArray viewed(View other) {
    return new Conv4jArray(manager, storage().share(), other);
  }

  @Override
  double[] values() {
    return Rows.values(storage(), view);
  }

  @Override
  Conv4jArray made(DataType type, int[] newShape, double[] values) {
    Storage made = Storage.allocate(type, values.length);
    made.write(0, values, values.length);
    return new Conv4jArray(manager, made, View.of(0, newShape));
  }

  @Override
  Conv4jArray map(DataType type, DoubleUnaryOperator function) {
    int size = view.size();
    if (!view.isDense()) {
      return made(type, view.shape(), Arrays.stream(values()).map(function).toArray());
    }
    Storage mapped = Storage.allocate(type, size);
    Rows.map(storage(), view.offset(), mapped, 0, size, function);
    return new Conv4jArray(manager, mapped, view.moved(0));
  }

  @Override
  Conv4jArray mapInPlace(DoubleUnaryOperator function) {
    if (view.isDense()) {
      Rows.map(storage(), view.offset(), storage, view.offset(), view.size(), function);
    } else {
      Rows.assign(storage, view, Arrays.stream(values()).map(function).toArray());
    }
    return this;
  }

  @Override
  public void intern(NDArray replaced) {
    Conv4jArray other = of(replaced, manager);
    Storage old = storage();
    storage = other.storage().share();
    view = other.view;
    shape = other.shape;
    dataType = other.dataType;
    old.release();
    replaced.close();
  }

  @Override
  public void attach(NDManager newManager) {
    super.attach(newManager);
    alternativeManager = alternativeOf(newManager);
  }

  @Override
  public void detach() {
    manager.detachInternal(getUid());
    manager = Conv4jManager.system();
    alternativeManager = alternativeOf(manager);
  }

  @Override
  public ByteBuffer toByteBuffer(boolean tryDirect) {
    if (view.isContiguous()) {
      return storage().bytes(view.offset(), view.size());
    }
    double[] values = values();
    Storage copy = new HeapStorage(getDataType(), values.length);
    copy.write(0, values, values.length);
    return copy.bytes(0, values.length);
  }

  @Override
  public void copyTo(NDArray array) {
    if (array instanceof Conv4jArray target && Arrays.equals(view.shape(), target.view.shape())) {
      Rows.assign(target.storage(), target.view, values());
    } else {
      super.copyTo(array);
    }
  }

  @Override
  public NDArray duplicate() {
    NDArray copy = map(getDataType(), value -> value);
    copy.setName(getName());
    return copy;
  }

  @Override
  public NDArray toType(DataType type, boolean copy) {
    if (type == getDataType() && !copy) {
      return this;
    }
    NDArray converted = map(type, value -> value);
    converted.setName(getName());
    return converted;
  }

  @Override
  public NDArray reshape(Shape newShape) {
    int[] extents = View.extents(newShape);
    int open = -1;
    int known = 1;
    for (int axis = 0; axis < extents.length; axis++) {
      if (extents[axis] == -1 && open < 0) {
        open = axis;
      } else {
        known = Math.multiplyExact(known, extents[axis]);
      }
    }
    if (open >= 0 && known != 0) {
      extents[open] = view.size() / known;
      known *= extents[open];
    }
    if (known != view.size()) {
      throw new IllegalArgumentException(
          "An array of the shape %s cannot have the shape %s.".formatted(getShape(), newShape));
    }
    if (view.isContiguous()) {
      return viewed(View.of(view.offset(), extents));
    }
    return made(getDataType(), extents, values());
  }

  @Override
  public NDArray flatten() {
    return reshape(new Shape(-1));
  }

  @Override
  public NDArray expandDims(int axis) {
    return viewed(view.inserted(View.axis(axis, view.rank() + 1)));
  }

  @Override
  public NDArray squeeze(int[] axes) {
    int[] removed = Arrays.stream(axes).map(axis -> View.axis(axis, view.rank())).toArray();
    for (int axis : removed) {
      if (view.shape()[axis] != 1) {
        throw new IllegalArgumentException(
            "Axis %d of the shape %s has more than one position and cannot be left out."
                .formatted(axis, getShape()));
      }
    }
    return viewed(view.removed(removed));
  }

  @Override
  public NDArray transpose() {
    int rank = view.rank();
    return viewed(view.transposed(IntStream.range(0, rank).map(i -> rank - 1 - i).toArray()));
  }

  @Override
  public NDArray transpose(int... axes) {
    int[] order = Arrays.stream(axes).map(axis -> View.axis(axis, view.rank())).toArray();
    if (order.length != view.rank() || Arrays.stream(order).distinct().count() != order.length) {
      throw new IllegalArgumentException(
          "The axes %s are no order of the %d axes of the array."
              .formatted(Arrays.toString(axes), view.rank()));
    }
    return viewed(view.transposed(order));
  }

  @Override
  public NDArray get(NDIndex index) {
    return get(manager, index);
  }

  @Override
  public NDArray broadcast(Shape target) {
    return viewed(view.broadcast(View.extents(target)));
  }

  @Override
  public NDList split(long sections, int axis) {
    int along = View.axis(axis, view.rank());
    if (sections < 1 || view.shape()[along] % sections != 0) {
      throw new IllegalArgumentException(
          "Axis %d of the shape %s cannot be split into %d equal parts."
              .formatted(axis, getShape(), sections));
    }
    long part = view.shape()[along] / sections;
    return split(IntStream.range(1, (int) sections).mapToLong(i -> i * part).toArray(), axis);
  }

  @Override
  public NDList split(long[] indices, int axis) {
    int along = View.axis(axis, view.rank());
    NDList parts = new NDList();
    int begin = 0;
    for (int i = 0; i <= indices.length; i++) {
      int end = i < indices.length ? (int) indices[i] : view.shape()[along];
      if (end < begin || end > view.shape()[along]) {
        throw new IllegalArgumentException(
            "Axis %d of the shape %s cannot be split at %s."
                .formatted(axis, getShape(), Arrays.toString(indices)));
      }
      parts.add(viewed(view.narrowed(along, begin, end - begin)));
      begin = end;
    }
    return parts;
  }

  @Override
  public NDArrayEx getNDArrayInternal() {
    return (NDArrayEx)
        Proxy.newProxyInstance(
            NDArrayEx.class.getClassLoader(),
            new Class<?>[] {NDArrayEx.class},
            new ArrayOperations(this, alternativeManager));
  }

  @Override
  public void close() {
    if (!isClosed) {
      super.close();
      storage.release();
    }
  }
}
