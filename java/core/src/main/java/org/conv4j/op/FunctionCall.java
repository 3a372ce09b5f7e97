package org.conv4j.op;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;

/**
 * What a function of the program's computes. No engine compiles it: {@code EngineChain} has it
 * called.
 *
 * @param layer the path of the layer whose function it is, for messages
 * @param inputs the shapes that it reads, at least one
 * @param output the shape that it writes
 * @param function computes it
 * @param independent whether each example of a batch, along the first axis, is computed from the
 *     same example of each input alone; inputs of one example are read by all
 */
public record FunctionCall(
    String layer, List<Shape> inputs, Shape output, TensorFunction function, boolean independent)
    implements Op {
  /**
   * Checks that nothing is missing.
   *
   * @param layer see {@link #layer}
   * @param inputs see {@link #inputs}
   * @param output see {@link #output}
   * @param function see {@link #function}
   * @param independent see {@link #independent}
   */
  public FunctionCall {
    OpChecks.present(layer, FunctionCall.class, "layer");
    OpChecks.present(output, FunctionCall.class, "output");
    OpChecks.present(function, FunctionCall.class, "function");
    inputs = InvalidLayerException.requireCopy(inputs, "The inputs of a FunctionCall");
    if (inputs.isEmpty()) {
      throw new InvalidLayerException(
          "Layer '" + layer + "': a function needs at least 1 input; given none.");
    }
  }

  @Override
  public Shape input() {
    return inputs.get(0);
  }

  /** Returns as much as if each element took one operation, for nobody knows. */
  @Override
  public long flops() {
    return output.elementCount();
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public Region reads(int index, Region part) {
    Region whole = Region.of(inputs.get(index));
    return isBatch(part) && inputs.get(index).dim(0) == output.dim(0)
        ? whole.with(0, part.begin(0), part.end(0))
        : whole;
  }

  @Override
  public Optional<Op> on(Region part) {
    if (part.equals(Region.of(output))) {
      return Optional.of(this);
    }
    if (!isBatch(part)) {
      return Optional.empty();
    }
    for (Shape input : inputs) {
      if (input.dim(0) != 1 && input.dim(0) != output.dim(0)) {
        return Optional.empty();
      }
    }
    List<Shape> some =
        IntStream.range(0, inputs.size()).mapToObj(index -> reads(index, part).shape()).toList();
    return Optional.of(new FunctionCall(layer, some, part.shape(), function, true));
  }

  /** Whether some examples are meant, and examples are independent. */
  private boolean isBatch(Region part) {
    boolean batch = independent && output.rank() > 0;
    for (Shape input : inputs) {
      batch &= input.rank() > 0;
    }
    for (int axis = 1; batch && axis < output.rank(); axis++) {
      batch = part.isWhole(axis, output);
    }
    return batch;
  }
}
