package org.conv4j.op;

import java.util.Optional;
import org.conv4j.function.PoolingKind;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

/**
 * The largest element, or the mean, of every position of a moving window, for each channel on its
 * own. Padding takes no part: a mean divides by the number of elements inside the input. See the
 * package for elements that are not finite.
 *
 * @param input {@code (batch, n..., channels)}
 * @param output {@code (batch, m..., channels)}
 * @param window the movement of the window; every position covers at least one element
 * @param kind what is computed
 */
public record Pooling(Shape input, Shape output, Window window, PoolingKind kind)
    implements Windowed {
  /**
   * Checks that the output follows from the window, and that no position is all padding.
   *
   * @param input see {@link #input}
   * @param output see {@link #output}
   * @param window see {@link #window}
   * @param kind see {@link #kind}
   */
  public Pooling {
    OpChecks.windowed(Pooling.class, input, output, window);
    OpChecks.reached(Pooling.class, input, output, window);
    OpChecks.present(kind, Pooling.class, "kind");
    input.intDim(-1);
    if (output.dim(-1) != input.dim(-1)) {
      throw OpChecks.mismatch(Pooling.class, "keeps the channels", input, output);
    }
    for (int axis = 0; axis < window.rank(); axis++) {
      if (!window.coversEverywhere(axis, input.dim(axis + 1), output.dim(axis + 1))) {
        throw OpChecks.mismatch(
            Pooling.class, "covers an element at each position of its " + window, input, output);
      }
    }
  }

  @Override
  public Pooling withWindow(Shape newInput, Shape newOutput, Window newWindow) {
    return new Pooling(newInput, newOutput, newWindow, kind);
  }

  @Override
  public long flops() {
    return OpChecks.product(output.elementCount(), window.taps());
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public Region reads(int index, Region output) {
    int channels = input.rank() - 1;
    return Positions.covered(this, output)
        .with(channels, output.begin(channels), output.end(channels));
  }

  @Override
  public Optional<Op> on(Region output) {
    Region read = reads(0, output);
    return Optional.of(
        withWindow(read.shape(), output.shape(), Positions.covering(this, read, output)));
  }
}
