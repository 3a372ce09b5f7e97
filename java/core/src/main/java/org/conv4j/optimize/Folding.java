package org.conv4j.optimize;

import org.conv4j.op.Weighted;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;

/** Arithmetic on weights. For the axes of a kernel see {@link Weighted}. */
final class Folding {
  private Folding() {}

  static boolean isZero(Constant constant) {
    if (constant instanceof Constant.Filled filled) {
      return filled.number() == 0;
    }
    for (double element : constant.elements()) {
      if (element != 0) {
        return false;
      }
    }
    return true;
  }

  /** Infinity times zero is no number, so that only finite numbers may change places. */
  static boolean isFinite(Constant constant) {
    if (constant instanceof Constant.Filled filled) {
      return Double.isFinite(filled.number());
    }
    for (double element : constant.elements()) {
      if (!Double.isFinite(element)) {
        return false;
      }
    }
    return true;
  }

  static Constant product(Constant first, Constant second) {
    if (first instanceof Constant.Filled one && second instanceof Constant.Filled other) {
      return new Constant.Filled(first.shape(), one.number() * other.number());
    }
    double[] result = first.elements();
    double[] factors = second.elements();
    for (int i = 0; i < result.length; i++) {
      result[i] *= factors[i];
    }
    return Constant.of(first.shape(), result);
  }

  static Constant scaledAndShifted(Constant constant, Constant factors, Constant shifts) {
    if (constant instanceof Constant.Filled one
        && factors instanceof Constant.Filled factor
        && shifts instanceof Constant.Filled shift) {
      return new Constant.Filled(constant.shape(), one.number() * factor.number() + shift.number());
    }
    double[] result = constant.elements();
    double[] scale = factors.elements();
    double[] shift = shifts.elements();
    for (int i = 0; i < result.length; i++) {
      result[i] = result[i] * scale[i] + shift[i];
    }
    return Constant.of(constant.shape(), result);
  }

  /** The kernel that makes every filter's sum larger by its factor. */
  static Constant scaledByFilter(Weighted op, Constant kernel, Constant factors) {
    return scaled(kernel, factors, Axes.of(op, kernel.shape()).filters());
  }

  /** The kernel that does what the given one does to channels that are larger by a factor. */
  static Constant scaledByChannel(Weighted op, Constant kernel, Constant factors) {
    return scaled(kernel, factors, Axes.of(op, kernel.shape()).channels());
  }

  /** Factors of the same elements are multiplied with each other, so that they form no chain. */
  private static Constant scaled(Constant numbers, Constant factors, Constant.Factors factorOf) {
    if (numbers instanceof Constant.Scaled outer) {
      if (outer.factorOf().equals(factorOf)) {
        return new Constant.Scaled(outer.base(), product(outer.factors(), factors), factorOf);
      }
      if (outer.base() instanceof Constant.Scaled inner && inner.factorOf().equals(factorOf)) {
        Constant merged = scaled(inner, factors, factorOf);
        return new Constant.Scaled(merged, outer.factors(), outer.factorOf());
      }
    }
    return new Constant.Scaled(numbers, factors, factorOf);
  }

  /** What shifts of the channels add to every filter's sum, and the bias if there is one. */
  static Constant biasOfShifts(Weighted op, Constant kernel, Constant shifts, Constant bias) {
    Axes axes = Axes.of(op, kernel.shape());
    int filters = op.output().intDim(-1);
    double[] result = bias == null ? new double[filters] : bias.elements();
    double[] shift = shifts.elements();
    int size = Math.toIntExact(kernel.shape().elementCount());
    double[] chunk = new double[Math.min(size, Constant.CHUNK)];
    try (Constant.Reader weights = kernel.reader()) {
      for (int begin = 0; begin < size; begin += Constant.CHUNK) {
        int count = Math.min(Constant.CHUNK, size - begin);
        weights.read(begin, chunk, count);
        for (int i = 0; i < count; i++) {
          result[axes.filter(begin + i)] += chunk[i] * shift[axes.channel(begin + i)];
        }
      }
    }
    return Constant.of(Shape.of(filters), result);
  }

  /**
   * Which filter and channel an element of a kernel belongs to.
   *
   * @param inner the extent of the last axis
   * @param outer the extent of the one before
   * @param transposed whether the last axis is the channels
   * @param filtersPerGroup how many filters read the same channels
   */
  private record Axes(int inner, int outer, boolean transposed, int filtersPerGroup) {
    static Axes of(Weighted op, Shape kernel) {
      return new Axes(
          kernel.intDim(-1), kernel.intDim(-2), op.filtersComeFirst(), op.filtersPerGroup());
    }

    Constant.Factors filters() {
      return transposed ? new FilterFactors(this) : new LastAxisFactors(inner);
    }

    Constant.Factors channels() {
      return transposed ? new LastAxisFactors(inner) : new ChannelFactors(this);
    }

    int filter(int element) {
      return transposed ? element / inner % outer : element % inner;
    }

    int channel(int element) {
      if (transposed) {
        return element % inner;
      }
      int group = filter(element) / filtersPerGroup;
      return group * outer + element / inner % outer;
    }
  }

  /** A factor for each filter. */
  private record FilterFactors(Axes axes) implements Constant.Factors {
    @Override
    public int of(int position) {
      return axes.filter(position);
    }
  }

  /** A factor for each channel. */
  private record ChannelFactors(Axes axes) implements Constant.Factors {
    @Override
    public int of(int position) {
      return axes.channel(position);
    }
  }
}
