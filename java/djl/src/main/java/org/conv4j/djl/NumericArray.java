package org.conv4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrayAdapter;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.conv4j.djl.memory.Axis;
import org.conv4j.djl.memory.Lines;
import org.conv4j.djl.memory.Rows;
import org.conv4j.djl.memory.Storage;
import org.conv4j.djl.memory.Types;
import org.conv4j.djl.memory.View;

/** What an array computes: arithmetic, functions, reductions, orders. In double precision. */
abstract class NumericArray extends NDArrayAdapter {
  NumericArray(NDManager manager, NDManager alternative, View view, DataType type) {
    super(manager, alternative, view.toShape(), type, NDManager.nextUid());
  }

  /** The storage, which must not be released. */
  abstract Storage storage();

  abstract View view();

  /** The elements in the order of their positions. */
  abstract double[] values();

  /** A new array with elements in the order of their positions. */
  abstract Conv4jArray made(DataType type, int[] newShape, double[] values);

  /** A function of each element, kept in the order that they have in memory. */
  abstract Conv4jArray map(DataType type, DoubleUnaryOperator function);

  abstract Conv4jArray mapInPlace(DoubleUnaryOperator function);

  private Conv4jArray ours(NDArray other) {
    return Conv4jArray.of(other, getManager());
  }

  private Conv4jArray combine(NDArray other, boolean quotient, DoubleBinaryOperator function) {
    Conv4jArray right = ours(other);
    DataType type = Types.common(getDataType(), right.getDataType());
    int[] common = View.common(view().shape(), right.view().shape());
    double[] values =
        Rows.combine(
            Rows.values(storage(), view().broadcast(common)),
            Rows.values(right.storage(), right.view().broadcast(common)),
            function);
    return made(quotient ? Types.floating(type) : type, common, values);
  }

  private NDArray combineInPlace(NDArray other, DoubleBinaryOperator function) {
    Conv4jArray right = ours(other);
    double[] operand = Rows.values(right.storage(), right.view().broadcast(view().shape()));
    Rows.assign(storage(), view(), Rows.combine(values(), operand, function));
    return this;
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
    int[] extents = view().shape().clone();
    double[] values = values();
    int[] reduced = Arrays.stream(axes).map(axis -> View.axis(axis, view().rank())).toArray();
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
    int along = View.axis(axis, view().rank());
    Axis lines = Axis.of(view().shape(), along);
    if (k < 1 || k > lines.length()) {
      throw new IllegalArgumentException(
          "The number of best elements must be 1 to %d; given %d.".formatted(lines.length(), k));
    }
    double[] values = values();
    int[] extents = view().shape().clone();
    extents[along] = k;
    double[] best =
        lines.change(values, k, line -> Lines.picked(line, Lines.order(line, !largest)));
    double[] positions =
        lines.change(values, k, line -> Lines.positions(Lines.order(line, !largest)));
    return new NDList(
        made(getDataType(), extents, best), made(DataType.INT64, extents.clone(), positions));
  }

  private NDArray change(DataType type, int axis, Axis.Change change) {
    Axis lines = Axis.of(view().shape(), View.axis(axis, view().rank()));
    return made(type, view().shape(), lines.change(values(), lines.length(), change));
  }
}
