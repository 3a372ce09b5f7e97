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
 * Any convolution on our general kernel: the way for float64, which oneDNN does not have, and for
 * float32 where tuning finds that oneDNN has nothing better for this processor.
 */
public final class NativeDenseConvolution implements KernelCandidate<Convolution> {
  /** With so many channels, vectors along the filters have all that they need. */
  private static final int MANY_CHANNELS = 16;

  private final DataType dataType;

  public NativeDenseConvolution(DataType dataType) {
    this.dataType = dataType;
  }

  @Override
  public OptionalDouble cost(Convolution op, Machine machine, int threads) {
    ConvolutionCosts.Dense costs = ConvolutionCosts.of(machine, dataType).dense();
    if (op.groups() > 1) {
      return OptionalDouble.of(op.isDepthwise() ? costs.depthwise() : costs.grouped());
    }
    boolean full = op.window().taps() > 1 && op.channelsPerGroup() >= MANY_CHANNELS;
    return OptionalDouble.of(full ? costs.full() : costs.other());
  }

  @Override
  public CompiledOp compile(Convolution op, List<Tensor> constants) {
    return NativeOp.compile("dense", op, constants);
  }
}
