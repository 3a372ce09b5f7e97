package org.conv4j.op;

import java.util.Optional;
import org.conv4j.shape.Shape;

/**
 * Samples an image, or a volume or a sequence, at another resolution, for each channel on its own.
 *
 * <p>Along each spatial axis, output {@code i} of {@code m} lies at {@code (i + 0.5) * n / m - 0.5}
 * among the {@code n} inputs: pixels are areas whose centres are sampled. Nothing is smoothed
 * before sampling down.
 *
 * @param input {@code (batch, n..., channels)}
 * @param output {@code (batch, m..., channels)}
 * @param method how values between inputs are found
 */
public record Resize(Shape input, Shape output, Method method) implements Op {
  /** How values between inputs are found. */
  public enum Method {
    /**
     * The input at {@code floor((i + 0.5) * n / m)}, computed without rounding: where that is a
     * whole number, Keras's backends disagree, because they round.
     */
    NEAREST,
    /** Linear interpolation along each axis; beyond the outermost inputs their values go on. */
    LINEAR,
    /**
     * Keys's cubic convolution with a = -1/2 along each axis; weights of inputs beyond the border
     * are dropped and the others scaled so that their sum is 1.
     */
    CUBIC
  }

  /**
   * Checks that batch and channels are kept.
   *
   * @param input see {@link #input}
   * @param output see {@link #output}
   * @param method see {@link #method}
   */
  public Resize {
    OpChecks.spatial(Resize.class, input, output);
    OpChecks.present(method, Resize.class, "method");
    if (output.intDim(-1) != input.intDim(-1)) {
      throw OpChecks.mismatch(Resize.class, "keeps the channels", input, output);
    }
  }

  @Override
  public long flops() {
    return output.elementCount();
  }

  @Override
  public Optional<Op> part(int parts) {
    return Op.part(input, parts)
        .filter(part -> output.dim(0) == input.dim(0))
        .map(part -> new Resize(part, output.withDim(0, part.dim(0)), method));
  }
}
