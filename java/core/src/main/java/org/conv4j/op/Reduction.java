package org.conv4j.op;

import java.util.Optional;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.function.ReductionKind;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;

/**
 * Makes one number of all elements along some axes.
 *
 * @param input the shape that is read
 * @param axes the axes that disappear, ascending, counted from 0; at least one
 * @param kind what is computed
 */
public record Reduction(Shape input, IntTuple axes, ReductionKind kind) implements Op {

  /**
   * Checks the axes.
   *
   * @param input see {@link #input}
   * @param axes see {@link #axes}
   * @param kind see {@link #kind}
   */
  public Reduction {
    OpChecks.axes(Reduction.class, input, axes);
    OpChecks.present(kind, Reduction.class, "kind");
    if (axes.size() == 0) {
      throw new InvalidLayerException("A Reduction needs at least 1 axis; given none.");
    }
  }

  /** Returns the input's shape with extent 1 along the axes. */
  @Override
  public Shape output() {
    long[] dims = input.toArray();
    for (int i = 0; i < axes.size(); i++) {
      dims[axes.get(i)] = 1;
    }
    return Shape.of(dims);
  }

  @Override
  public long flops() {
    return input.elementCount();
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public Region reads(int index, Region output) {
    Region read = output;
    for (int i = 0; i < axes.size(); i++) {
      read = read.with(axes.get(i), 0, input.dim(axes.get(i)));
    }
    return read;
  }

  @Override
  public Optional<Op> on(Region output) {
    return Optional.of(new Reduction(reads(0, output).shape(), axes, kind));
  }
}
