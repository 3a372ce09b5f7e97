package org.conv4j.optimize;

import org.conv4j.lowering.Constant;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Op;
import org.conv4j.shape.Shape;

/**
 * Arithmetic on weights. A kernel's last two axes are channels and filters, the other way round for
 * transposed convolutions; see the ops.
 */
final class Folding {
  private Folding() {}

  static boolean isZero(Constant constant) {
    for (double element : constant.elements()) {
      if (element != 0) {
        return false;
      }
    }
    return true;
  }

  static Constant product(Constant first, Constant second) {
    return new Constant.Derived(
        first.shape(),
        () -> {
          double[] result = first.elements();
          double[] factors = second.elements();
          for (int i = 0; i < result.length; i++) {
            result[i] *= factors[i];
          }
          return result;
        });
  }

  static Constant scaledAndShifted(Constant constant, Constant factors, Constant shifts) {
    return new Constant.Derived(
        constant.shape(),
        () -> {
          double[] result = constant.elements();
          double[] scale = factors.elements();
          double[] shift = shifts.elements();
          for (int i = 0; i < result.length; i++) {
            result[i] = result[i] * scale[i] + shift[i];
          }
          return result;
        });
  }

  /** The kernel that makes every filter's sum larger by its factor. */
  static Constant scaledByFilter(Op op, Constant kernel, Constant factors) {
    Axes axes = Axes.of(op, kernel.shape());
    return new Constant.Scaled(kernel, factors, axes.filters());
  }

  /** The kernel that does what the given one does to channels that are larger by a factor. */
  static Constant scaledByChannel(Op op, Constant kernel, Constant factors) {
    Axes axes = Axes.of(op, kernel.shape());
    return new Constant.Scaled(kernel, factors, axes.channels());
  }

  /** What shifts of the channels add to every filter's sum, and the bias if there is one. */
  static Constant biasOfShifts(Op op, Constant kernel, Constant shifts, Constant bias) {
    Axes axes = Axes.of(op, kernel.shape());
    int filters = op.output().intDim(-1);
    return new Constant.Derived(
        Shape.of(filters),
        () -> {
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
          return result;
        });
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
    static Axes of(Op op, Shape kernel) {
      int inner = kernel.intDim(-1);
      return new Axes(
          inner,
          kernel.intDim(-2),
          op instanceof Deconvolution,
          op instanceof Convolution convolution ? convolution.filtersPerGroup() : inner);
    }

    Constant.Factors filters() {
      return transposed ? this::filter : new LastAxisFactors(inner);
    }

    Constant.Factors channels() {
      return transposed ? new LastAxisFactors(inner) : this::channel;
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
}
