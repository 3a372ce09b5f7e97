package org.conv4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrayAdapter;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * An array: a view of a storage. Has what DJL's translators do with images and scores; the rest
 * goes to another engine. Not thread-safe, as DJL's arrays are not.
 */
final class Conv4jArray extends NDArrayAdapter {
  private Storage storage;
  private View view;

  /** Takes over one use of the storage. */
  Conv4jArray(NDManager manager, Storage storage, View view) {
    super(manager, alternativeOf(manager), view.toShape(), storage.type(), NDManager.nextUid());
    this.storage = storage;
    this.view = view;
    manager.attachInternal(uid, this);
  }

  private static NDManager alternativeOf(NDManager manager) {
    return manager instanceof Conv4jManager ours ? ours.alternative() : manager;
  }

  /** The storage, which must not be released. */
  Storage storage() {
    if (isClosed) {
      throw new IllegalStateException("This array is closed.");
    }
    return storage;
  }

  View view() {
    return view;
  }

  /** Another array of the same elements. */
  Conv4jArray viewed(View other) {
    return new Conv4jArray(manager, storage().share(), other);
  }

  double[] values() {
    return Rows.values(storage(), view);
  }

  /** A new array with elements in the order of their positions. */
  Conv4jArray made(DataType type, int[] newShape, double[] values) {
    Storage made = Storage.allocate(type, values.length);
    made.write(0, values, values.length);
    return new Conv4jArray(manager, made, View.of(0, newShape));
  }

  /** An array of this engine's with the elements of another; itself if it is one already. */
  private Conv4jArray ours(NDArray other) {
    return (Conv4jArray) Conv4jManager.system().from(other);
  }

  /** A function of each element, kept in the order that they have in memory. */
  Conv4jArray map(DataType type, DoubleUnaryOperator function) {
    int size = view.size();
    if (!view.isDense()) {
      return made(type, view.shape(), Arrays.stream(values()).map(function).toArray());
    }
    Storage mapped = Storage.allocate(type, size);
    Rows.map(storage(), view.offset(), mapped, 0, size, function);
    return new Conv4jArray(manager, mapped, view.moved(0));
  }

  private Conv4jArray mapInPlace(DoubleUnaryOperator function) {
    if (view.isDense()) {
      Rows.map(storage(), view.offset(), storage, view.offset(), view.size(), function);
    } else {
      Rows.assign(storage, view, Arrays.stream(values()).map(function).toArray());
    }
    return this;
  }

  private Conv4jArray combine(NDArray other, boolean quotient, DoubleBinaryOperator function) {
    Conv4jArray right = ours(other);
    DataType type = Types.common(getDataType(), right.getDataType());
    int[] common = View.common(view.shape(), right.view.shape());
    double[] values =
        Rows.combine(
            Rows.values(storage(), view.broadcast(common)),
            Rows.values(right.storage(), right.view.broadcast(common)),
            function);
    return made(quotient ? Types.floating(type) : type, common, values);
  }

  private Conv4jArray combineInPlace(NDArray other, DoubleBinaryOperator function) {
    Conv4jArray right = ours(other);
    double[] operand = Rows.values(right.storage(), right.view.broadcast(view.shape()));
    Rows.assign(storage(), view, Rows.combine(values(), operand, function));
    return this;
  }

  @Override
  public void intern(NDArray replaced) {
    Conv4jArray other = ours(replaced);
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
  public NDArray add(Number n) {
    return map(Types.common(getDataType(), n), value -> value + n.doubleValue());
  }

  @Override
  public NDArray add(NDArray other) {
    return combine(other, false, Double::sum);
  }

  @Override
  public NDArray sub(Number n) {
    return map(Types.common(getDataType(), n), value -> value - n.doubleValue());
  }

  @Override
  public NDArray sub(NDArray other) {
    return combine(other, false, (a, b) -> a - b);
  }

  @Override
  public NDArray mul(Number n) {
    return map(Types.common(getDataType(), n), value -> value * n.doubleValue());
  }

  @Override
  public NDArray mul(NDArray other) {
    return combine(other, false, (a, b) -> a * b);
  }

  @Override
  public NDArray div(Number n) {
    return map(Types.floating(Types.common(getDataType(), n)), value -> value / n.doubleValue());
  }

  @Override
  public NDArray div(NDArray other) {
    return combine(other, true, (a, b) -> a / b);
  }

  @Override
  public NDArray pow(Number n) {
    return map(Types.common(getDataType(), n), value -> Math.pow(value, n.doubleValue()));
  }

  @Override
  public NDArray addi(Number n) {
    return mapInPlace(value -> value + n.doubleValue());
  }

  @Override
  public NDArray addi(NDArray other) {
    return combineInPlace(other, Double::sum);
  }

  @Override
  public NDArray subi(Number n) {
    return mapInPlace(value -> value - n.doubleValue());
  }

  @Override
  public NDArray subi(NDArray other) {
    return combineInPlace(other, (a, b) -> a - b);
  }

  @Override
  public NDArray muli(Number n) {
    return mapInPlace(value -> value * n.doubleValue());
  }

  @Override
  public NDArray muli(NDArray other) {
    return combineInPlace(other, (a, b) -> a * b);
  }

  @Override
  public NDArray divi(Number n) {
    return mapInPlace(value -> value / n.doubleValue());
  }

  @Override
  public NDArray divi(NDArray other) {
    return combineInPlace(other, (a, b) -> a / b);
  }

  @Override
  public NDArray neg() {
    return map(getDataType(), value -> -value);
  }

  @Override
  public NDArray abs() {
    return map(getDataType(), Math::abs);
  }

  @Override
  public NDArray square() {
    return map(getDataType(), value -> value * value);
  }

  @Override
  public NDArray sqrt() {
    return map(Types.floating(getDataType()), Math::sqrt);
  }

  @Override
  public NDArray exp() {
    return map(Types.floating(getDataType()), Math::exp);
  }

  @Override
  public NDArray log() {
    return map(Types.floating(getDataType()), Math::log);
  }

  @Override
  public NDArray clip(Number min, Number max) {
    double low = min.doubleValue();
    double high = max.doubleValue();
    return map(getDataType(), value -> value < low ? low : value > high ? high : value);
  }

  @Override
  public NDArray max() {
    return reduceAll(getDataType(), Lines::max);
  }

  @Override
  public NDArray max(int[] axes, boolean keepDims) {
    return reduce(getDataType(), axes, keepDims, Lines::max);
  }

  @Override
  public NDArray min() {
    return reduceAll(getDataType(), Lines::min);
  }

  @Override
  public NDArray min(int[] axes, boolean keepDims) {
    return reduce(getDataType(), axes, keepDims, Lines::min);
  }

  @Override
  public NDArray sum() {
    return reduceAll(sumType(), Lines::sum);
  }

  @Override
  public NDArray sum(int[] axes, boolean keepDims) {
    return reduce(sumType(), axes, keepDims, Lines::sum);
  }

  private DataType sumType() {
    return Types.isFloating(getDataType()) ? getDataType() : DataType.INT64;
  }

  @Override
  public NDArray mean() {
    return reduceAll(Types.floating(getDataType()), line -> Lines.sum(line) / line.length);
  }

  @Override
  public NDArray mean(int[] axes, boolean keepDims) {
    return reduce(
        Types.floating(getDataType()), axes, keepDims, line -> Lines.sum(line) / line.length);
  }

  @Override
  public NDArray argMax() {
    return reduceAll(DataType.INT64, Lines::argMax);
  }

  @Override
  public NDArray argMax(int axis) {
    return reduce(DataType.INT64, new int[] {axis}, false, Lines::argMax);
  }

  @Override
  public NDArray argMin() {
    return reduceAll(DataType.INT64, Lines::argMin);
  }

  @Override
  public NDArray argMin(int axis) {
    return reduce(DataType.INT64, new int[] {axis}, false, Lines::argMin);
  }

  private NDArray reduceAll(DataType type, Axis.Reduction reduction) {
    return made(type, new int[0], new double[] {reduction.of(values())});
  }

  private NDArray reduce(DataType type, int[] axes, boolean keepDims, Axis.Reduction reduction) {
    int[] extents = view.shape().clone();
    double[] values = values();
    int[] reduced = Arrays.stream(axes).map(axis -> View.axis(axis, view.rank())).toArray();
    for (int axis : reduced) {
      values = Axis.of(extents, axis).reduce(values, reduction);
      extents[axis] = 1;
    }
    View kept = View.of(0, extents);
    return made(type, keepDims ? extents : kept.removed(reduced).shape(), values);
  }

  @Override
  public NDArray softmax(int axis) {
    return change(Types.floating(getDataType()), axis, Lines::softmax);
  }

  @Override
  public NDArray logSoftmax(int axis) {
    return change(Types.floating(getDataType()), axis, Lines::logSoftmax);
  }

  @Override
  public NDArray argSort(int axis, boolean ascending) {
    return change(DataType.INT64, axis, line -> Lines.positions(Lines.order(line, ascending)));
  }

  @Override
  public NDArray sort() {
    return sort(-1);
  }

  @Override
  public NDArray sort(int axis) {
    return change(getDataType(), axis, line -> Lines.picked(line, Lines.order(line, true)));
  }

  @Override
  public NDList topK(int k, int axis, boolean largest, boolean sorted) {
    int along = View.axis(axis, view.rank());
    Axis lines = Axis.of(view.shape(), along);
    if (k < 1 || k > lines.length()) {
      throw new IllegalArgumentException(
          "The number of best elements must be 1 to %d; given %d.".formatted(lines.length(), k));
    }
    double[] values = values();
    int[] extents = view.shape().clone();
    extents[along] = k;
    double[] best =
        lines.change(values, k, line -> Lines.picked(line, Lines.order(line, !largest)));
    double[] positions =
        lines.change(values, k, line -> Lines.positions(Lines.order(line, !largest)));
    return new NDList(
        made(getDataType(), extents, best), made(DataType.INT64, extents.clone(), positions));
  }

  private NDArray change(DataType type, int axis, Axis.Change change) {
    Axis lines = Axis.of(view.shape(), View.axis(axis, view.rank()));
    return made(type, view.shape(), lines.change(values(), lines.length(), change));
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
