package org.conv4j.op;

import java.util.List;
import java.util.Optional;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;

/**
 * {@code x >= 0 ? x : slope * x}, with slopes that were learned.
 *
 * <p>Its constant is the slopes, of the shape {@code slopes}.
 *
 * @param input the shape, of the output too
 * @param slopes of the input's rank, with 1 where all elements along an axis share a slope
 */
public record Prelu(Shape input, Shape slopes) implements Op {
  /**
   * Checks the shape of the slopes.
   *
   * @param input see {@link #input}
   * @param slopes see {@link #slopes}
   */
  public Prelu {
    OpChecks.shared(Prelu.class, "slopes", input, slopes);
  }

  @Override
  public List<Shape> constants() {
    return List.of(slopes);
  }

  @Override
  public Shape output() {
    return input;
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
    return output;
  }

  @Override
  public Region readsConstant(int index, Region output) {
    return OpChecks.shared(slopes, output);
  }

  @Override
  public Optional<Op> on(Region output) {
    return Optional.of(new Prelu(output.shape(), OpChecks.shared(slopes, output).shape()));
  }
}
