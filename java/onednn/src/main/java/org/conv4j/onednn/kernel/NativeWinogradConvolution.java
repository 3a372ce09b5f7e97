package org.conv4j.onednn.kernel;

import java.util.List;
import java.util.OptionalDouble;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.machine.Machine;
import org.conv4j.onednn.binding.NativeProblem;
import org.conv4j.onednn.choice.ConvolutionCosts;
import org.conv4j.onednn.choice.KernelCandidate;
import org.conv4j.op.Convolution;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A dense convolution of stride 1 on our Winograd kernel: of a 3x3 kernel, 36 multiplications make
 * 16 outputs of a channel, where the definition takes 144. oneDNN has none for x64, and its direct
 * kernels run at the processor's peak, so this is the one way past them.
 *
 * <p>Inputs, weights and outputs go through linear transforms whose rounding adds to the result's:
 * its error stays below {@link CompileOptions#FAST_ERROR}. A value that is not finite reaches all
 * outputs of the tiles that read it.
 */
public final class NativeWinogradConvolution implements KernelCandidate<Convolution> {
  private static final int SMALL_GROUP_TAPS = 3;

  @Override
  public OptionalDouble cost(Convolution op, Machine machine, int threads) {
    if (!NativeOp.supports("winograd", DataType.FLOAT32, op)) {
      return OptionalDouble.empty();
    }
    ConvolutionCosts.Winograd costs = ConvolutionCosts.of(machine, DataType.FLOAT32).winograd();
    // The kernel computes depths apart, so it takes any stride along them, which nobody measured.
    if (!op.window().strides().all(1) || !hasEnoughChannels(op, costs, machine)) {
      return OptionalDouble.of(costs.few());
    }
    try (NativeProblem problem = NativeProblem.of(op, threads)) {
      return cost(problem, costs);
    }
  }

  /** What the kernel takes for a problem with enough channels. */
  static OptionalDouble cost(NativeProblem problem, ConvolutionCosts.Winograd costs) {
    double gain = NativeOp.gain("winograd", DataType.FLOAT32, problem);
    return OptionalDouble.of(1 / (gain * costs.speed()));
  }

  /** Tells whether there are no taps but along the last axis. */
  private static boolean isRow(Window window) {
    return window.rank() == 1 || window.kernel().get(window.rank() - 2) == 1;
  }

  /** Tells whether there are as many as pay for an op that is not in groups. */
  static boolean hasEnoughChannels(
      long channels, long filters, Window window, ConvolutionCosts.Winograd costs) {
    return isRow(window)
        ? channels >= costs.leastRowChannels() && filters >= costs.leastRowFilters()
        : channels >= costs.leastChannels();
  }

  private static boolean hasEnoughChannels(
      Convolution op, ConvolutionCosts.Winograd costs, Machine machine) {
    if (op.groups() == 1) {
      return hasEnoughChannels(op.input().dim(-1), op.output().dim(-1), op.window(), costs);
    }
    return fillsVectors(op, costs, machine)
        || op.channelsPerGroup() >= costs.leastGroup()
            && op.filtersPerGroup() >= costs.leastGroup();
  }

  /** Tells whether the kernel has a way of its own for these groups. */
  private static boolean fillsVectors(
      Convolution op, ConvolutionCosts.Winograd costs, Machine machine) {
    int lanes = machine.lanes(Float.BYTES);
    int group = op.channelsPerGroup();
    return (group == lanes || group == lanes / 2)
        && group >= costs.leastSmallGroup()
        && group == op.filtersPerGroup()
        && op.window().rank() == 2
        && op.window().kernel().all(SMALL_GROUP_TAPS);
  }

  @Override
  public boolean isExact() {
    return false;
  }

  @Override
  public CompiledOp compile(Convolution op, List<Tensor> constants) {
    return NativeOp.compile("winograd", op, constants);
  }
}
