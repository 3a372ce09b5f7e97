package org.conv4j.op;

import java.util.Optional;
import org.conv4j.function.ResizeCoordinates;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;

/**
 * Samples an image, or a volume or a sequence, at another resolution, for each channel on its own.
 *
 * <p>Nothing is smoothed before sampling down. Where outputs lie among the inputs is computed in
 * float, and cubic weights are those of a table of 1024 places, both as in TensorFlow; {@link
 * ResizeWeights} is the one place that does so.
 *
 * @param input {@code (batch, n..., channels)}
 * @param output {@code (batch, m..., channels)}
 * @param method how values between inputs are found
 * @param coordinates where outputs lie among the inputs
 */
public record Resize(Shape input, Shape output, Method method, ResizeCoordinates coordinates)
    implements Op {
  /** How values between inputs are found. */
  public enum Method {
    /** One of the inputs; {@link ResizeCoordinates} says which. */
    NEAREST,
    /** Linear interpolation along each axis; beyond the outermost inputs their values go on. */
    LINEAR,
    /**
     * Keys's cubic convolution along each axis. With {@link ResizeCoordinates#HALF_PIXEL} a is
     * -1/2, and weights of inputs beyond the border are dropped and the others scaled so that their
     * sum is 1; else a is -3/4, and beyond the outermost inputs their values go on.
     */
    CUBIC
  }

  /**
   * Checks that batch and channels are kept.
   *
   * @param input see {@link #input}
   * @param output see {@link #output}
   * @param method see {@link #method}
   * @param coordinates see {@link #coordinates}
   */
  public Resize {
    OpChecks.spatial(Resize.class, input, output);
    OpChecks.present(method, Resize.class, "method");
    OpChecks.present(coordinates, Resize.class, "coordinates");
    if (output.intDim(-1) != input.intDim(-1)) {
      throw OpChecks.mismatch(Resize.class, "keeps the channels", input, output);
    }
  }

  /**
   * A resize that samples the centres of pixels, as Keras does.
   *
   * @param input {@code (batch, n..., channels)}
   * @param output {@code (batch, m..., channels)}
   * @param method how values between inputs are found
   */
  public Resize(Shape input, Shape output, Method method) {
    this(input, output, method, ResizeCoordinates.HALF_PIXEL);
  }

  @Override
  public long flops() {
    return output.elementCount();
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public Region reads(int index, Region output) {
    Region read = output;
    for (int axis = 1; axis < input.rank() - 1; axis++) {
      read = sampled(read, axis, output);
    }
    return read;
  }

  private Region sampled(Region read, int axis, Region output) {
    if (input.dim(axis) == this.output.dim(axis)) {
      return read;
    }
    if (output.isWhole(axis, this.output)) {
      return read.with(axis, 0, input.dim(axis));
    }
    ResizeWeights places = ResizeWeights.of(this, input.intDim(axis), this.output.intDim(axis));
    int first = Integer.MAX_VALUE;
    int last = 0;
    for (int place = (int) output.begin(axis); place < output.end(axis); place++) {
      for (int tap = 0; tap < places.taps(); tap++) {
        first = Math.min(first, places.input(place, tap));
        last = Math.max(last, places.input(place, tap));
      }
    }
    return read.with(axis, first, last + 1);
  }

  /**
   * Returns nothing for some of the outputs along an axis whose extent changes, because outputs lie
   * among the inputs by their index.
   */
  @Override
  public Optional<Op> on(Region output) {
    for (int axis = 1; axis < input.rank() - 1; axis++) {
      if (input.dim(axis) != this.output.dim(axis) && !output.isWhole(axis, this.output)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Resize(reads(0, output).shape(), output.shape(), method, coordinates));
  }
}
