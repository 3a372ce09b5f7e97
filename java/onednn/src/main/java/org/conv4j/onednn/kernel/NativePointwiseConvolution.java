package org.conv4j.onednn.kernel;

import java.util.List;
import java.util.OptionalDouble;
import org.conv4j.engine.CompiledOp;
import org.conv4j.machine.Machine;
import org.conv4j.onednn.binding.NativeFunction;
import org.conv4j.onednn.binding.NativeProblem;
import org.conv4j.onednn.choice.ConvolutionCosts;
import org.conv4j.onednn.choice.KernelCandidate;
import org.conv4j.op.Convolution;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A convolution of a single tap, with or without groups, on our own kernel. oneDNN's runs at the
 * processor's peak where many channels meet filters that fill its vectors, and there ours is no
 * faster. It is where the filters leave half a vector empty, which costs ours half as much; where
 * the channels are few, so that to store the outputs is much of the work; and for single pixels.
 */
public final class NativePointwiseConvolution implements KernelCandidate<Convolution> {
  @Override
  public OptionalDouble cost(Convolution op, Machine machine, int threads) {
    if (op.isDepthwise()
        || op.window().taps() > 1
        || !NativeOp.supports("pointwise", DataType.FLOAT32, op)) {
      return OptionalDouble.empty();
    }
    ConvolutionCosts.Pointwise costs = ConvolutionCosts.of(machine, DataType.FLOAT32).pointwise();
    int lanes = machine.lanes(Float.BYTES);
    int filters = op.filtersPerGroup();
    if (op.groups() == 1 && pixels(op) <= costs.fewPixels()) {
      return OptionalDouble.of(costs.pixels());
    }
    if (filters < lanes) {
      return OptionalDouble.of(costs.other());
    }
    if (leavesHalfAVector(filters, lanes) && filters <= costs.fewVectors() * lanes) {
      return OptionalDouble.of(costs.halfVector());
    }
    if (computesFunction(op)) {
      boolean cached = weightBytes(op) <= machine.secondLevelCache() / 2;
      return OptionalDouble.of(cached ? costs.function() : costs.other());
    }
    boolean gains =
        fitsVectorsBetter(op, costs, lanes) || cannotBeShared(op, costs, machine, threads);
    return OptionalDouble.of(gains && isPlain(op) ? costs.gaining() : costs.other());
  }

  /** oneDNN's functions take longer than ours. */
  private static boolean computesFunction(Convolution op) {
    return NativeFunction.of(op.activation())
        .filter(function -> !function.isPiecewiseLinear())
        .isPresent();
  }

  private static long weightBytes(Convolution op) {
    return (long) op.filtersPerGroup() * op.channelsPerGroup() * op.groups() * Float.BYTES;
  }

  /** A pass for a second input or a function costs more than what is gained. */
  private static boolean isPlain(Convolution op) {
    return !op.residual() && NativeProblem.applies(op.activation(), DataType.FLOAT32);
  }

  private static boolean fitsVectorsBetter(
      Convolution op, ConvolutionCosts.Pointwise costs, int lanes) {
    int filters = op.filtersPerGroup();
    int few = filters == lanes ? costs.fewChannelsToAVector() : costs.fewChannels();
    return op.groups() > 1 && filters % lanes != 0 || op.channelsPerGroup() <= few;
  }

  /**
   * Tells whether oneDNN would leave threads idle. Weights that do not stay in the threads' caches,
   * it reads better.
   */
  private static boolean cannotBeShared(
      Convolution op, ConvolutionCosts.Pointwise costs, Machine machine, int threads) {
    return threads > 1
        && op.groups() == 1
        && pixels(op) <= costs.tilePixels()
        && op.filtersPerGroup() % (costs.tileFilters() * threads) != 0
        && weightBytes(op) <= threads * machine.secondLevelCache();
  }

  private static boolean leavesHalfAVector(int filters, int lanes) {
    int last = filters % (2 * lanes);
    return last > lanes && last <= lanes + lanes / 2;
  }

  private static long pixels(Convolution op) {
    return op.output().elementCount() / op.output().dim(-1);
  }

  @Override
  public CompiledOp compile(Convolution op, List<Tensor> constants) {
    return NativeOp.compile("pointwise", op, constants);
  }
}
