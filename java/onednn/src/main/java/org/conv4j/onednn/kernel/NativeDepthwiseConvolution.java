package org.conv4j.onednn.kernel;

import java.util.List;
import java.util.OptionalDouble;
import org.conv4j.engine.CompiledOp;
import org.conv4j.machine.Machine;
import org.conv4j.onednn.binding.NativeFunction;
import org.conv4j.onednn.choice.ConvolutionCosts;
import org.conv4j.onednn.choice.KernelCandidate;
import org.conv4j.op.Convolution;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** A depthwise convolution on our own kernel, whose vectors lie along the filters. */
public final class NativeDepthwiseConvolution implements KernelCandidate<Convolution> {
  /** How many times the second-level cache, and how many taps; measured on MobileNetV2. */
  private static final int FAR_BEYOND_CACHE = 3;

  private static final int FEW_TAPS = 9;

  private final DataType dataType;

  public NativeDepthwiseConvolution(DataType dataType) {
    this.dataType = dataType;
  }

  @Override
  public OptionalDouble cost(Convolution op, Machine machine, int threads) {
    if (!op.isDepthwise() || op.groups() == 1 || !NativeOp.supports("depthwise", dataType, op)) {
      return OptionalDouble.empty();
    }
    ConvolutionCosts.Depthwise costs = ConvolutionCosts.of(machine, dataType).depthwise();
    if (hasRows(op, machine.lanes(dataType.bytes()))) {
      return OptionalDouble.of(rows(op, costs, machine));
    }
    if (!isSlowInOneDnn(op)) {
      return OptionalDouble.of(costs.ordinary());
    }
    int least = isSequence(op) ? costs.leastSequenceChannels() : costs.leastChannels();
    return OptionalDouble.of(op.groups() >= least ? costs.slow() : costs.few());
  }

  private static double rows(Convolution op, ConvolutionCosts.Depthwise costs, Machine machine) {
    if (op.window().rank() == 1) {
      return costs.sequenceRows();
    }
    return waitsForMemory(op, machine) ? costs.waitingRows() : costs.rows();
  }

  /**
   * Tells whether so many values are read and written, and so little is computed of them, that
   * oneDNN's kernel is as fast as memory.
   */
  private static boolean waitsForMemory(Convolution op, Machine machine) {
    long bytes = (op.input().elementCount() + op.output().elementCount()) * Float.BYTES;
    return bytes > FAR_BEYOND_CACHE * machine.secondLevelCache()
        && op.window().taps() <= FEW_TAPS
        && NativeFunction.of(op.activation()).filter(NativeFunction::isPiecewiseLinear).isPresent();
  }

  /**
   * Tells whether neighbouring pixels of a row share what they read: see {@code
   * depthwise_rows.hpp}.
   */
  private static boolean hasRows(Convolution op, int lanes) {
    int last = op.window().rank() - 1;
    int taps = op.window().kernel().get(last);
    return op.filtersPerGroup() == 1
        && op.groups() >= lanes
        && (taps == 3 || taps == 5 || taps == 7)
        && op.window().strides().get(last) <= 2
        && op.window().dilation().get(last) == 1
        && op.output().dim(-2) > 1;
  }

  /**
   * oneDNN's fast depthwise kernels have one filter for each channel; dilated, only in two
   * dimensions.
   */
  private static boolean isSlowInOneDnn(Convolution op) {
    return op.filtersPerGroup() > 1 || op.window().rank() == 1 && !isSequence(op);
  }

  private static boolean isSequence(Convolution op) {
    return op.window().rank() == 1 && op.window().dilation().all(1);
  }

  @Override
  public CompiledOp compile(Convolution op, List<Tensor> constants) {
    return NativeOp.compile("depthwise", op, constants);
  }
}
