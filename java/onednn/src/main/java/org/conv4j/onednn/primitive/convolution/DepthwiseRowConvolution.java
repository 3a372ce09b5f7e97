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
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A depthwise 1-D convolution as a 2-D one of height 1, which is the same memory. oneDNN's fast
 * depthwise kernels take 2-D only: 256 channels of 1024 steps run 10 to 30 times as fast, if each
 * has one filter.
 */
public final class DepthwiseRowConvolution implements KernelCandidate<Convolution> {
  private static final String NAME = "depthwise-row";

  @Override
  public OptionalDouble cost(Convolution op, Machine machine, int threads) {
    if (!computes(op)) {
      return OptionalDouble.empty();
    }
    ConvolutionCosts.Sequence costs = ConvolutionCosts.of(machine, DataType.FLOAT32).row();
    return OptionalDouble.of(op.filtersPerGroup() == 1 ? costs.depthwise() : costs.multiplied());
  }

  private static boolean computes(Convolution op) {
    return op.window().rank() == 1
        && op.isDepthwise()
        && Bounds.takes(op)
        && Layouts.canPad(op.window())
        && op.groups() > 1
        && op.window().dilation().all(1);
  }

  @Override
  public CompiledOp compile(Convolution op, List<Tensor> constants) {
    Convolution row =
        op.withWindow(
            withHeight(op.input()), withHeight(op.output()), op.window().prependUnitDimension());
    return DirectConvolution.compile(NAME, row, constants);
  }

  private static Shape withHeight(Shape sequence) {
    return Shape.of(sequence.dim(0), 1, sequence.dim(1), sequence.dim(2));
  }
}
