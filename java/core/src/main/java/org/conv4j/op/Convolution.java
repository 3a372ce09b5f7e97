package org.conv4j.op;

import java.util.List;
import java.util.Optional;
import org.conv4j.activation.Elementwise;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

/**
 * A convolution in 1 to 3 spatial dimensions, in the machine-learning sense (the kernel is not
 * mirrored), with groups, bias and an element-wise function applied to the sum. Before that
 * function, it may add a second input, of the output's shape: the other branch of a residual block.
 *
 * <p>Its constants are the kernel, of shape {@code (k..., channels / groups, filters)}, and, if it
 * has one, the bias, of shape {@code (filters)}. Filter {@code f} reads the channels of group
 * {@code f / (filters / groups)}. A depthwise convolution has as many groups as channels.
 *
 * @param input {@code (batch, n..., channels)}
 * @param output {@code (batch, m..., filters)}
 * @param window the movement of the kernel
 * @param groups the number of groups; divides the channels and the filters
 * @param bias whether there is a bias
 * @param residual whether a second input is added
 * @param activation applied last
 */
public record Convolution(
    Shape input,
    Shape output,
    Window window,
    int groups,
    boolean bias,
    boolean residual,
    Elementwise activation)
    implements Weighted, Windowed {
  /**
   * Checks that the shapes follow from the window and the groups.
   *
   * @param input see {@link #input}
   * @param output see {@link #output}
   * @param window see {@link #window}
   * @param groups see {@link #groups}
   * @param bias see {@link #bias}
   * @param residual see {@link #residual}
   * @param activation see {@link #activation}
   */
  public Convolution {
    OpChecks.windowed(Convolution.class, input, output, window);
    OpChecks.reached(Convolution.class, input, output, window);
    OpChecks.present(activation, Convolution.class, "activation");
    if (groups < 1 || input.intDim(-1) % groups != 0 || output.intDim(-1) % groups != 0) {
      throw OpChecks.mismatch(
          Convolution.class, "has groups that divide the channels, not " + groups, input, output);
    }
    OpChecks.kernel(window, input.dim(-1) / groups, output.dim(-1));
  }

  /**
   * Describes a convolution without a second input.
   *
   * @param input see {@link #input}
   * @param output see {@link #output}
   * @param window see {@link #window}
   * @param groups see {@link #groups}
   * @param bias see {@link #bias}
   * @param activation see {@link #activation}
   */
  public Convolution(
      Shape input, Shape output, Window window, int groups, boolean bias, Elementwise activation) {
    this(input, output, window, groups, bias, false, activation);
  }

  @Override
  public List<Shape> inputs() {
    return residual ? List.of(input, output) : List.of(input);
  }

  @Override
  public List<Shape> constants() {
    Shape kernel = OpChecks.kernel(window, channelsPerGroup(), output.dim(-1));
    return bias ? List.of(kernel, Shape.of(output.dim(-1))) : List.of(kernel);
  }

  /**
   * Returns the number of input channels that one filter reads.
   *
   * @return channels per group
   */
  public int channelsPerGroup() {
    return input.intDim(-1) / groups;
  }

  /**
   * Returns whether every filter reads a single channel of its own group.
   *
   * @return true for depthwise convolutions of any multiplier, ordinary ones of one channel
   *     included
   */
  public boolean isDepthwise() {
    return channelsPerGroup() == 1;
  }

  @Override
  public Convolution withActivation(Elementwise function) {
    return new Convolution(input, output, window, groups, bias, residual, function);
  }

  @Override
  public Convolution withBias(boolean present) {
    return new Convolution(input, output, window, groups, present, residual, activation);
  }

  @Override
  public Convolution withWindow(Shape newInput, Shape newOutput, Window newWindow) {
    return new Convolution(newInput, newOutput, newWindow, groups, bias, residual, activation);
  }

  /**
   * Sets whether a second input is added.
   *
   * @param present see {@link #residual}
   * @return a changed copy
   */
  public Convolution withResidual(boolean present) {
    return new Convolution(input, output, window, groups, bias, present, activation);
  }

  @Override
  public long products() {
    return window.taps() * channelsPerGroup();
  }

  @Override
  public boolean isUniform() {
    return window.padBegin().all(0) && window.padEnd().max() <= 0;
  }

  @Override
  public long flops() {
    return OpChecks.product(2, output.elementCount(), window.taps(), channelsPerGroup());
  }

  @Override
  public <R> R accept(OpVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public Region reads(int index, Region output) {
    if (index == 1) {
      return output;
    }
    int axis = input.rank() - 1;
    long first = output.begin(axis) / filtersPerGroup();
    long last = (output.end(axis) - 1) / filtersPerGroup();
    return Positions.covered(this, output)
        .with(axis, first * channelsPerGroup(), (last + 1) * channelsPerGroup());
  }

  @Override
  public Region readsConstant(int index, Region output) {
    Shape constant = constants().get(index);
    int axis = input.rank() - 1;
    return Region.of(constant).with(constant.rank() - 1, output.begin(axis), output.end(axis));
  }

  /** Returns nothing where the filters are neither of one group nor those of whole groups. */
  @Override
  public Optional<Op> on(Region output) {
    Region read = reads(0, output);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    int axis = input.rank() - 1;
    int some = read.shape().intDim(-1) / channelsPerGroup();
    boolean whole =
        output.begin(axis) % filtersPerGroup() == 0 && output.end(axis) % filtersPerGroup() == 0;
    if (some > 1 && !whole) {
      return Optional.empty();
    }
    Window moved = Positions.covering(this, read, output);
    return Optional.of(
        new Convolution(read.shape(), output.shape(), moved, some, bias, residual, activation));
  }
}
