package org.conv4j.onednn.primitive.convolution;

import java.util.List;
import java.util.OptionalDouble;
import org.conv4j.engine.CompiledOp;
import org.conv4j.machine.Machine;
import org.conv4j.onednn.binding.Layouts;
import org.conv4j.onednn.choice.ConvolutionCosts;
import org.conv4j.onednn.choice.KernelCandidate;
import org.conv4j.onednn.primitive.Bounds;
import org.conv4j.op.Convolution;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A dilated depthwise 1-D convolution as an undilated 2-D one. With a dilation of {@code d}, steps
 * {@code d} apart form independent sequences; memory of {@code (steps, channels)} read as {@code
 * (steps / d, d, channels)} has them as columns, and a kernel of {@code (k, 1)} runs down each. No
 * element moves, so lengths and padding must be multiples of {@code d}.
 */
public final class DilatedDepthwiseConvolution implements KernelCandidate<Convolution> {
  private static final String NAME = "depthwise-phases";

  @Override
  public OptionalDouble cost(Convolution op, Machine machine, int threads) {
    if (!computes(op)) {
      return OptionalDouble.empty();
    }
    ConvolutionCosts.Sequence costs = ConvolutionCosts.of(machine, DataType.FLOAT32).phases();
    return OptionalDouble.of(op.filtersPerGroup() == 1 ? costs.depthwise() : costs.multiplied());
  }

  private static boolean computes(Convolution op) {
    if (op.window().rank() != 1 || !op.isDepthwise() || op.groups() == 1) {
      return false;
    }
    int dilation = op.window().dilation().get(0);
    return dilation > 1
        && Bounds.takes(op)
        && Layouts.canPad(op.window())
        && op.window().strides().all(1)
        && op.input().dim(1) % dilation == 0
        && op.output().dim(1) % dilation == 0
        && op.window().padBegin().get(0) % dilation == 0;
  }

  @Override
  public CompiledOp compile(Convolution op, List<Tensor> constants) {
    int dilation = op.window().dilation().get(0);
    Shape input = phases(op.input(), dilation);
    Shape output = phases(op.output(), dilation);
    int kernel = op.window().kernel().get(0);
    int padBegin = op.window().padBegin().get(0) / dilation;
    int padEnd = output.intDim(1) - input.intDim(1) - padBegin + kernel - 1;
    Window window =
        Window.of(IntTuple.of(kernel, 1))
            .withPadding(IntTuple.of(padBegin, 0), IntTuple.of(padEnd, 0));
    return DirectConvolution.compile(NAME, op.withWindow(input, output, window), constants);
  }

  private static Shape phases(Shape sequence, int dilation) {
    return Shape.of(sequence.dim(0), sequence.dim(1) / dilation, dilation, sequence.dim(2));
  }
}
