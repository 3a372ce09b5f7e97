package org.conv4j.onednn.kernel;

import java.util.List;
import java.util.Optional;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.ElementwiseFunction;
import org.conv4j.engine.CompiledOp;
import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.onednn.binding.NativeProblem;
import org.conv4j.onednn.primitive.PostOps;
import org.conv4j.op.Convolution;
import org.conv4j.op.Eltwise;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A clamp of {@code scale * x + shift} from 0 upwards as a depthwise convolution of a single tap on
 * our own kernel, which keeps NaN, where oneDNN's functions make 0 of it.
 *
 * @param scale the slope
 * @param shift the value at 0
 * @param rectifier the clamp
 */
public record NativeClamp(double scale, double shift, Elementwise.Relu rectifier) {
  private static final String KERNEL = "depthwise";

  /** So many elements in a row fill vectors of any length. */
  private static final int LONG_ROW = 64;

  /**
   * Compiles a function that is such a clamp; nothing if it is not, if oneDNN's keeps NaN, too, or
   * without our kernels.
   */
  public static Optional<CompiledOp> compile(Eltwise op) {
    return NativeLibrary.isAvailable() && PostOps.dropsNaN(op.activation())
        ? of(op.activation()).flatMap(clamp -> clamp.compile(op.input()))
        : Optional.empty();
  }

  private static Optional<NativeClamp> of(Elementwise function) {
    if (function instanceof Elementwise.Relu relu) {
      return Optional.of(new NativeClamp(1, 0, relu));
    }
    Elementwise.Relu toOne = new Elementwise.Relu(1, 0, 0);
    if (function instanceof Elementwise.HardSigmoid hard) {
      return Optional.of(new NativeClamp(hard.alpha(), hard.beta(), toOne));
    }
    if (function == ElementwiseFunction.HARD_SIGMOID) {
      return Optional.of(new NativeClamp(1.0 / 6, 0.5, toOne));
    }
    return function == Activation.SPARSE_SIGMOID
        ? Optional.of(new NativeClamp(0.5, 0.5, toOne))
        : Optional.empty();
  }

  private Optional<CompiledOp> compile(Shape input) {
    long length = 1;
    for (int axis = input.rank() - 1; axis >= 0 && length < LONG_ROW; axis--) {
      length *= input.dim(axis);
    }
    if (!NativeProblem.applies(rectifier, DataType.FLOAT32)
        || length > Integer.MAX_VALUE
        || length < 2) {
      return Optional.empty();
    }
    Shape rows = Shape.of(1, input.elementCount() / length, length);
    Window tap = Window.of(IntTuple.of(1));
    Convolution op = new Convolution(rows, rows, tap, (int) length, true, rectifier);
    if (!NativeOp.supports(KERNEL, DataType.FLOAT32, op)) {
      return Optional.empty();
    }
    try (Tensor scales = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 1, length));
        Tensor shifts = Tensor.allocate(DataType.FLOAT32, Shape.of(length))) {
      scales.transform(ignored -> scale);
      shifts.transform(ignored -> shift);
      return Optional.of(NativeOp.compile(KERNEL, op, List.of(scales, shifts)));
    }
  }
}
