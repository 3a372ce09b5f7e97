package org.conv4j.operation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.conv4j.activation.Activation;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Binary;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/**
 * A function of two operands, element by element, broadcast as NumPy does: {@code x + y}, {@code 1
 * - x}.
 *
 * @param name the layer's name
 * @param function what is computed
 * @param left the first operand if it is constant, else null
 * @param right the second operand if it is constant, else null
 */
public record Arithmetic(String name, BinaryFunction function, Constant left, Constant right)
    implements Operation {
  /**
   * Checks that nothing is null that must not be.
   *
   * @param name see {@link #name}
   * @param function see {@link #function}
   * @param left see {@link #left}
   * @param right see {@link #right}
   */
  public Arithmetic {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(function, "function");
  }

  @Override
  public int arity() {
    return (left == null ? 1 : 0) + (right == null ? 1 : 0);
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    List<Shape> shapes = operands(inputs, left, right);
    int rank = Math.max(shapes.get(0).rank(), shapes.get(1).rank());
    Shape first = expand(shapes.get(0), rank);
    Shape second = expand(shapes.get(1), rank);
    long[] dims = new long[rank];
    for (int axis = 0; axis < rank; axis++) {
      if (Extents.clash(first.extent(axis), second.extent(axis))) {
        throw new ShapeMismatchException(
            "Layer '%s': the shapes %s and %s cannot be combined element by element."
                .formatted(name, first, second));
      }
      dims[axis] = Extents.broadcast(first.extent(axis), second.extent(axis));
    }
    return Shape.open(dims);
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Value constantLeft = left == null ? null : lowering.constant(left);
    Value constantRight = right == null ? null : lowering.constant(right);
    List<Value> operands = operands(inputs, constantLeft, constantRight);
    Value first = operands.get(0);
    Value second = operands.get(1);
    int rank = Math.max(first.shape().rank(), second.shape().rank());
    DataFormat view = view(first, second, rank);
    Value a = as(lowering, first, rank, view);
    Value b = as(lowering, second, rank, view);
    Binary op = new Binary(a.stored(), b.stored(), function, Activation.LINEAR);
    return lowering.append(name, op, List.of(a, b), List.of(), view);
  }

  /** A single number lies in memory in every way at once. */
  private static DataFormat view(Value first, Value second, int rank) {
    boolean free = isNumber(first) || isNumber(second) || first.view() == second.view();
    if (!free || first.shape().rank() != rank && second.shape().rank() != rank) {
      return DataFormat.CHANNELS_LAST;
    }
    Value leading = isNumber(first) ? second : first;
    boolean equalRanks = first.shape().rank() == second.shape().rank();
    return isNumber(first) || isNumber(second) || equalRanks
        ? leading.view()
        : DataFormat.CHANNELS_LAST;
  }

  private Value as(Lowering lowering, Value value, int rank, DataFormat view) {
    if (isNumber(value)) {
      return new Value(value.id(), expand(value.shape(), rank), view);
    }
    if (value.shape().rank() == rank) {
      return value.view() == view ? value : lowering.asSeen(name, value);
    }
    return lowering.reshape(name, value, expand(value.shape(), rank));
  }

  private static boolean isNumber(Value value) {
    return value.shape().elementCount() == 1;
  }

  private static <T> List<T> operands(List<T> inputs, T left, T right) {
    Iterator<T> next = inputs.iterator();
    List<T> operands = new ArrayList<>();
    operands.add(left == null ? next.next() : left);
    operands.add(right == null ? next.next() : right);
    return operands;
  }

  private static List<Shape> operands(List<Shape> inputs, Constant left, Constant right) {
    return operands(
        inputs, left == null ? null : left.shape(), right == null ? null : right.shape());
  }

  /** NumPy puts the missing dimensions first. */
  private static Shape expand(Shape shape, int rank) {
    long[] dims = new long[rank];
    Arrays.fill(dims, 1);
    System.arraycopy(shape.extents(), 0, dims, rank - shape.rank(), shape.rank());
    return Shape.open(dims);
  }
}
