package org.conv4j.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;

/**
 * Tensors one behind the other along one axis.
 *
 * @param inputs their shapes, equal but for that axis; at least one
 * @param axis the axis, counted from 0
 */
public record Concat(List<Shape> inputs, int axis) implements Op {
  /**
   * Checks that the shapes fit together.
   *
   * @param inputs see {@link #inputs}
   * @param axis see {@link #axis}
   */
  public Concat {
    inputs = InvalidLayerException.requireCopy(inputs, "The list of what a Concat reads");
    if (inputs.isEmpty()) {
      throw new ShapeMismatchException("There is nothing to concatenate.");
    }
    joined(inputs, axis);
  }

  @Override
  public Shape input() {
    return inputs.get(0);
  }

  @Override
  public Shape output() {
    return joined(inputs, axis);
  }

  @Override
  public long flops() {
    return 0;
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public Region reads(int index, Region output) {
    long first = 0;
    for (Shape before : inputs.subList(0, index)) {
      first += before.dim(axis);
    }
    long from = output.begin(axis) - first;
    long to = output.end(axis) - first;
    return output.within(axis, from, to, inputs.get(index).dim(axis));
  }

  /** Returns nothing where one of the inputs has no part in the region. */
  @Override
  public Optional<Op> on(Region output) {
    List<Shape> read = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Region part = reads(i, output);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      read.add(part.shape());
    }
    return Optional.of(new Concat(read, axis));
  }

  private static Shape joined(List<Shape> inputs, int axis) {
    long[] dims = inputs.get(0).toArray();
    if (axis < 0 || axis >= dims.length) {
      throw new InvalidLayerException(
          "The axis of a Concat of %s must be from 0 to %d; given %d."
              .formatted(inputs, dims.length - 1, axis));
    }
    for (Shape other : inputs.subList(1, inputs.size())) {
      for (int i = 0; i < dims.length; i++) {
        if (other.rank() != dims.length || (i != axis && other.dim(i) != dims[i])) {
          throw new ShapeMismatchException(
              "The shapes %s cannot be concatenated along axis %d.".formatted(inputs, axis));
        }
      }
      dims[axis] += other.dim(axis);
      if (dims[axis] < 0) {
        throw new ShapeMismatchException(
            "The shapes %s are too long to be concatenated along axis %d.".formatted(inputs, axis));
      }
    }
    return Shape.of(dims);
  }
}
