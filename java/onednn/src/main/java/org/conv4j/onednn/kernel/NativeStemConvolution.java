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
 * A convolution of one to four channels to half a vector of filters or some vectors of them, as the
 * first layer of a network, on our own kernel. oneDNN's brgemm copies and multiplies a kernel row
 * at a time, which is too little work for it where there is one channel, few filters, or filters
 * that leave a vector partly empty. Elsewhere both run near the processor's peak.
 */
public final class NativeStemConvolution implements KernelCandidate<Convolution> {
  /** The kernel takes any number, but beyond this it is never faster. */
  private static final int MOST_CHANNELS = 4;

  @Override
  public OptionalDouble cost(Convolution op, Machine machine, int threads) {
    if (op.input().dim(-1) > MOST_CHANNELS || !NativeOp.supports("stem", DataType.FLOAT32, op)) {
      return OptionalDouble.empty();
    }
    ConvolutionCosts.Stem costs = ConvolutionCosts.of(machine, DataType.FLOAT32).stem();
    int lanes = machine.lanes(Float.BYTES);
    long filters = op.output().dim(-1);
    if (filters <= lanes / 2) {
      return OptionalDouble.of(hasPairs(op) ? costs.pairs() : costs.other());
    }
    return OptionalDouble.of(pays(op, costs, lanes) ? costs.vectors() : costs.other());
  }

  /**
   * Half a vector of filters is multiplied with two inputs at once if two follow each other in
   * memory.
   */
  private static boolean hasPairs(Convolution op) {
    return op.input().dim(-1) > 1 || op.window().dilation().get(op.window().rank() - 1) == 1;
  }

  private static boolean pays(Convolution op, ConvolutionCosts.Stem costs, long lanes) {
    long filters = op.output().dim(-1);
    if (filters < lanes || filters > costs.mostVectors() * lanes) {
      return false;
    }
    return op.input().dim(-1) == 1
        || filters % lanes != 0
        || filters >= (long) costs.manyVectors() * lanes && op.window().taps() > 1
        || filters <= costs.fewVectors() * lanes && !op.window().strides().all(1);
  }

  @Override
  public CompiledOp compile(Convolution op, List<Tensor> constants) {
    return NativeOp.compile("stem", op, constants);
  }
}
