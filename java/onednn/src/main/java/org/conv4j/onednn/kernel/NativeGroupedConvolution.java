package org.conv4j.onednn.kernel;

import java.util.List;
import java.util.OptionalDouble;
import org.conv4j.engine.CompiledOp;
import org.conv4j.machine.Machine;
import org.conv4j.onednn.choice.ConvolutionCosts;
import org.conv4j.onednn.choice.KernelCandidate;
import org.conv4j.op.Convolution;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Small groups, as in ResNeXt, on our own kernel: a vector holds whole groups. Groups of 4 run
 * twice as fast as in oneDNN, groups of 2 five times; groups of 8 are slower than there in float32,
 * and than our general kernel in float64.
 */
public final class NativeGroupedConvolution implements KernelCandidate<Convolution> {
  private final DataType dataType;

  public NativeGroupedConvolution(DataType dataType) {
    this.dataType = dataType;
  }

  @Override
  public OptionalDouble cost(Convolution op, Machine machine, int threads) {
    if (op.groups() == 1 || !NativeOp.supports("grouped", dataType, op)) {
      return OptionalDouble.empty();
    }
    ConvolutionCosts.Grouped costs = ConvolutionCosts.of(machine, dataType).grouped();
    return OptionalDouble.of(
        op.channelsPerGroup() <= costs.largest() ? costs.small() : costs.large());
  }

  @Override
  public CompiledOp compile(Convolution op, List<Tensor> constants) {
    return NativeOp.compile("grouped", op, constants);
  }
}
