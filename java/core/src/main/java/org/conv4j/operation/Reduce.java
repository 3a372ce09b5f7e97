package org.conv4j.operation;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.conv4j.function.ReductionKind;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Reduction;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * One number of all elements along some axes: {@code mean}, {@code sum}, {@code max}, {@code min}.
 *
 * @param name the layer's name
 * @param kind what is computed
 * @param axes the axes, negative ones counted from the end; null for all
 * @param keepDims whether the axes stay, with extent 1
 */
public record Reduce(String name, ReductionKind kind, IntTuple axes, boolean keepDims)
    implements Operation {
  /**
   * Checks that nothing is null that must not be.
   *
   * @param name see {@link #name}
   * @param kind see {@link #kind}
   * @param axes see {@link #axes}
   * @param keepDims see {@link #keepDims}
   */
  public Reduce {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
  }

  @Override
  public Shape resultShape(List<Shape> inputs) {
    Shape input = inputs.get(0);
    IntTuple along = Axes.resolve(name, axes, input.rank());
    return keepDims ? flattened(input, along) : Axes.without(input, along);
  }

  @Override
  public Value append(Lowering lowering, List<Value> inputs) {
    Value in = inputs.get(0);
    IntTuple along = Axes.resolve(name, axes, in.shape().rank());
    Value reduced = append(lowering, name, kind, in, along);
    return keepDims ? reduced : lowering.reshape(name, reduced, Axes.without(in.shape(), along));
  }

  /** Appends the op; the axes stay. */
  static Value append(
      Lowering lowering, String name, ReductionKind kind, Value in, IntTuple along) {
    if (along.size() == 0) {
      return in;
    }
    int[] stored = new int[along.size()];
    Arrays.setAll(stored, i -> in.storedAxis(along.get(i)));
    Arrays.sort(stored);
    Reduction op = new Reduction(in.stored(), IntTuple.of(stored), kind);
    return lowering.append(name, op, in, List.of(), in.view());
  }

  private static Shape flattened(Shape input, IntTuple along) {
    long[] dims = input.extents();
    for (int i = 0; i < along.size(); i++) {
      dims[along.get(i)] = 1;
    }
    return Shape.open(dims);
  }
}
