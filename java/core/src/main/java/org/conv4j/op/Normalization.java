package org.conv4j.op;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;

/**
 * Divides elements by a measure of the size of a set of them, then scales and shifts them. A set is
 * what lies along some axes.
 *
 * <p>Its constants are, if it has them, the scale and then the shift, each of the shape {@code
 * parameters}.
 *
 * @param input the shape, of the output too
 * @param axes the axes of one set, ascending, counted from 0
 * @param kind the measure
 * @param epsilon what keeps the measure from being zero
 * @param parameters the shape of the constants: of the input's rank, with 1 where all elements
 *     along an axis share one
 * @param scale whether there is a scale
 * @param shift whether there is a shift
 */
public record Normalization(
    Shape input,
    IntTuple axes,
    Kind kind,
    double epsilon,
    Shape parameters,
    boolean scale,
    boolean shift)
    implements Op {

  /** The measure of a set's size. */
  public enum Kind {
    /** {@code (x - mean) / sqrt(variance + epsilon)}, with the variance of the whole set. */
    STANDARD,
    /** {@code x / sqrt(mean(x^2) + epsilon)}. */
    ROOT_MEAN_SQUARE,
    /** {@code x / max(sqrt(sum(x^2)), epsilon)}. */
    EUCLIDEAN
  }

  /**
   * Checks the axes and the shape of the constants.
   *
   * @param input see {@link #input}
   * @param axes see {@link #axes}
   * @param kind see {@link #kind}
   * @param epsilon see {@link #epsilon}
   * @param parameters see {@link #parameters}
   * @param scale see {@link #scale}
   * @param shift see {@link #shift}
   * @throws InvalidArgumentException if epsilon is negative or no number
   */
  public Normalization {
    OpChecks.axes(Normalization.class, input, axes);
    OpChecks.present(kind, Normalization.class, "kind");
    OpChecks.shared(Normalization.class, "parameters", input, parameters);
    if (!(epsilon >= 0)) {
      throw new InvalidArgumentException(
          "The epsilon of a Normalization must not be negative; given %s.".formatted(epsilon));
    }
  }

  @Override
  public List<Shape> constants() {
    return Collections.nCopies((scale ? 1 : 0) + (shift ? 1 : 0), parameters);
  }

  @Override
  public Shape output() {
    return input;
  }

  /**
   * Returns how the sets lie in the input.
   *
   * @return the input's shape with extent 1 along the axes: one element for each set
   */
  public Shape sets() {
    long[] dims = input.toArray();
    for (int i = 0; i < axes.size(); i++) {
      dims[axes.get(i)] = 1;
    }
    return Shape.of(dims);
  }

  /** Counts the sum, the sum of squares, and the scaling and shifting of each element. */
  @Override
  public long flops() {
    return OpChecks.product(5, input.elementCount());
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
  public Region readsConstant(int index, Region output) {
    return OpChecks.shared(parameters, output);
  }

  @Override
  public Optional<Op> on(Region output) {
    if (!reads(0, output).equals(output)) {
      return Optional.empty();
    }
    Shape shared = OpChecks.shared(parameters, output).shape();
    return Optional.of(
        new Normalization(output.shape(), axes, kind, epsilon, shared, scale, shift));
  }
}
