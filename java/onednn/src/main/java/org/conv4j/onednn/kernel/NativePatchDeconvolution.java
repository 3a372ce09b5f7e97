package org.conv4j.onednn.kernel;

import java.util.List;
import java.util.OptionalDouble;
import org.conv4j.engine.CompiledOp;
import org.conv4j.machine.Machine;
import org.conv4j.onednn.binding.NativeProblem;
import org.conv4j.onednn.choice.DeconvolutionCosts;
import org.conv4j.onednn.choice.KernelCandidate;
import org.conv4j.op.Deconvolution;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A transposed convolution whose strides are as long as its kernel, as the upsampling of a U-Net,
 * on our own kernel: no two input pixels meet in an output pixel, so that each tap is a product of
 * matrices, without sums that are stored and read again.
 */
public final class NativePatchDeconvolution implements KernelCandidate<Deconvolution> {
  @Override
  public OptionalDouble cost(Deconvolution op, Machine machine, int threads) {
    if (!NativeOp.supports("patch", DataType.FLOAT32, op)) {
      return OptionalDouble.empty();
    }
    DeconvolutionCosts.Patch costs = DeconvolutionCosts.of(machine, DataType.FLOAT32).patch();
    boolean gains =
        NativeProblem.applies(op.activation(), DataType.FLOAT32)
            && (op.input().dim(-2) >= costs.leastRow() || weights(op) <= costs.fewWeights());
    return OptionalDouble.of(gains ? costs.gaining() : costs.other());
  }

  private static long weights(Deconvolution op) {
    return op.window().taps() * op.input().dim(-1) * op.output().dim(-1);
  }

  @Override
  public CompiledOp compile(Deconvolution op, List<Tensor> constants) {
    return NativeOp.compile("patch", op, constants);
  }
}
