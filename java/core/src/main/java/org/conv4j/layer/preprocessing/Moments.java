package org.conv4j.layer.preprocessing;

import java.util.List;
import java.util.stream.IntStream;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.limit.Limit;
import org.conv4j.limit.Limits;
import org.conv4j.shape.Extents;
import org.conv4j.shape.Shape;

/**
 * The mean and variance that a Normalization is given instead of learning them. Both are broadcast
 * to the extents of the layer's axes, as NumPy does.
 *
 * @param shape the shape of both
 * @param mean the means in row-major order
 * @param variance the variances in row-major order
 */
public record Moments(Shape shape, List<Double> mean, List<Double> variance) {
  /**
   * Copies the lists and checks their sizes.
   *
   * @param shape see {@link #shape}
   * @param mean see {@link #mean}
   * @param variance see {@link #variance}
   */
  public Moments {
    mean = List.copyOf(mean);
    variance = List.copyOf(variance);
    if (mean.size() != shape.elementCount() || variance.size() != shape.elementCount()) {
      throw new InvalidLayerException(
          "Moments of shape %s need as many means and variances; given %d and %d."
              .formatted(shape, mean.size(), variance.size()));
    }
  }

  /**
   * Returns one mean and one variance for all elements.
   *
   * @param mean the mean
   * @param variance the variance
   * @return the moments
   */
  public static Moments of(double mean, double variance) {
    return new Moments(Shape.of(), List.of(mean), List.of(variance));
  }

  /**
   * Returns moments for each element along one axis.
   *
   * @param mean the means
   * @param variance the variances, as many
   * @return the moments
   */
  public static Moments of(List<Double> mean, List<Double> variance) {
    return new Moments(Shape.of(mean.size()), mean, variance);
  }

  boolean fits(Shape full) {
    int missing = full.rank() - shape.rank();
    return missing >= 0
        && IntStream.range(0, shape.rank())
            .noneMatch(
                i -> shape.dim(i) != 1 && Extents.differ(shape.dim(i), full.extent(i + missing)));
  }

  /** The numbers of a list repeated so that they fill a shape. */
  static double[] broadcast(Shape from, List<Double> numbers, Shape full) {
    long bytes = (long) Math.min(Long.MAX_VALUE, (double) full.elementCount() * Double.BYTES);
    Limits.DEFAULT.budget(Limit.CONSTANT_BYTES, "A normalization").spend(bytes);
    double[] result = new double[(int) full.elementCount()];
    int missing = full.rank() - from.rank();
    for (int i = 0; i < result.length; i++) {
      int rest = i;
      int stride = 1;
      int source = 0;
      for (int axis = full.rank() - 1; axis >= missing; axis--) {
        int dim = from.intDim(axis - missing);
        source += dim == 1 ? 0 : rest % dim * stride;
        stride *= dim;
        rest /= full.intDim(axis);
      }
      result[i] = numbers.get(source);
    }
    return result;
  }
}
