package org.conv4j.onednn.kernel;

import java.util.List;
import java.util.OptionalDouble;
import org.conv4j.engine.CompiledOp;
import org.conv4j.machine.Machine;
import org.conv4j.onednn.binding.NativeProblem;
import org.conv4j.onednn.choice.ConvolutionCosts;
import org.conv4j.onednn.choice.DeconvolutionCosts;
import org.conv4j.onednn.choice.KernelCandidate;
import org.conv4j.op.Deconvolution;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A transposed convolution on our Winograd kernel. With a stride, the output falls apart into
 * phases that read the same inputs, each with taps of its own: of a 4x4 kernel of stride 2, four
 * phases of 2x2 taps. They are computed as one convolution of stride 1 with four times the filters,
 * so that even a single filter, the last layer of a generator, fills part of a vector.
 *
 * <p>Rounds as {@link NativeWinogradConvolution} does.
 */
public final class NativeWinogradDeconvolution implements KernelCandidate<Deconvolution> {
  @Override
  public OptionalDouble cost(Deconvolution op, Machine machine, int threads) {
    if (!NativeOp.supports("winograd", DataType.FLOAT32, op)) {
      return OptionalDouble.empty();
    }
    ConvolutionCosts.Winograd costs = DeconvolutionCosts.of(machine, DataType.FLOAT32).winograd();
    if (!NativeWinogradConvolution.hasEnoughChannels(
        op.input().dim(-1), op.output().dim(-1), op.window(), costs)) {
      return OptionalDouble.of(costs.few());
    }
    try (NativeProblem problem = NativeProblem.of(op, threads)) {
      return NativeWinogradConvolution.cost(problem, costs);
    }
  }

  @Override
  public boolean isExact() {
    return false;
  }

  @Override
  public CompiledOp compile(Deconvolution op, List<Tensor> constants) {
    return NativeOp.compile("winograd", op, constants);
  }
}
