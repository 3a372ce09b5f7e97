package org.conv4j.onednn.kernel;

import java.util.List;
import java.util.OptionalDouble;
import org.conv4j.engine.CompiledOp;
import org.conv4j.machine.Machine;
import org.conv4j.onednn.choice.ConvolutionCosts;
import org.conv4j.onednn.choice.KernelCandidate;
import org.conv4j.op.Convolution;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Filters over images of few channels, blurs and edge detectors among them, on our own kernel: its
 * vectors lie along the width, where oneDNN's along the channels are mostly empty.
 */
public final class NativeImageConvolution implements KernelCandidate<Convolution> {
  /** What the kernel has variants for. */
  public static final int MOST_CHANNELS = 4;

  private final DataType dataType;

  public NativeImageConvolution(DataType dataType) {
    this.dataType = dataType;
  }

  @Override
  public OptionalDouble cost(Convolution op, Machine machine, int threads) {
    if (op.input().dim(-1) > MOST_CHANNELS
        || op.output().dim(-1) > MOST_CHANNELS
        || op.window().rank() > 2
        || !NativeOp.supports("image", dataType, op)) {
      return OptionalDouble.empty();
    }
    Window window = op.window();
    int width = window.rank() - 1;
    ConvolutionCosts.Image costs = ConvolutionCosts.of(machine, dataType).image();
    long vectors = op.output().dim(-1) > 1 ? costs.leastVectors() : 1;
    boolean wide =
        window.padBegin().get(width) < window.effectiveKernel(width)
            && op.output().dim(-2) >= vectors * machine.lanes(dataType.bytes());
    return OptionalDouble.of(wide ? costs.wide() : costs.narrow());
  }

  @Override
  public CompiledOp compile(Convolution op, List<Tensor> constants) {
    return NativeOp.compile("image", op, constants);
  }
}
