package org.conv4j.onednn.kernel;

import java.util.List;
import java.util.OptionalDouble;
import org.conv4j.engine.CompiledOp;
import org.conv4j.machine.Machine;
import org.conv4j.onednn.choice.DeconvolutionCosts;
import org.conv4j.onednn.choice.KernelCandidate;
import org.conv4j.op.Deconvolution;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Any transposed convolution on our general kernel, as {@link NativeDenseConvolution}. */
public final class NativeDenseDeconvolution implements KernelCandidate<Deconvolution> {
  /** The looks that take about a second. */
  private static final double MANY_LOOKS = 1 << 30;

  /** For each product, as many looks as short strides in three dimensions make. */
  private static final double WORTH = 1 << 10;

  private final DataType dataType;

  public NativeDenseDeconvolution(DataType dataType) {
    this.dataType = dataType;
  }

  @Override
  public OptionalDouble cost(Deconvolution op, Machine machine, int threads) {
    return endsSoon(op)
        ? OptionalDouble.of(DeconvolutionCosts.of(machine, dataType).dense())
        : OptionalDouble.empty();
  }

  /**
   * For each output, the kernel looks for its place among those between two inputs, and at each
   * tap, of which long strides, or few inputs, let hardly any count.
   */
  private static boolean endsSoon(Deconvolution op) {
    Window window = op.window();
    double outputs = op.output().elementCount() / op.output().dim(-1);
    double inputs = op.input().elementCount() / op.input().dim(-1);
    double strides = 0;
    for (int axis = 0; axis < window.rank(); axis++) {
      strides += window.strides().get(axis);
    }
    double looks = outputs * (strides + window.taps());
    return looks <= MANY_LOOKS + WORTH * inputs * window.taps();
  }

  @Override
  public CompiledOp compile(Deconvolution op, List<Tensor> constants) {
    return NativeOp.compile("dense", op, constants);
  }
}
