package org.conv4j.onednn.primitive.convolution;

import java.util.List;
import java.util.Optional;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompiledOp;
import org.conv4j.machine.Machine;
import org.conv4j.onednn.choice.PrimitiveCosts;
import org.conv4j.op.Convolution;
import org.conv4j.op.Pad;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Zeros around images or sequences as a depthwise convolution of a single tap, 1, with that
 * padding: oneDNN has no padding of its own, and this one runs at the speed of memory.
 */
public final class PadConvolution {
  private static final String NAME = "depthwise";

  private PadConvolution() {}

  public static Optional<CompiledOp> compile(Pad op) {
    int rank = op.input().rank();
    int channels = op.input().intDim(-1);
    if (op.value() != 0
        || rank < 3
        || rank > 4
        || channels < PrimitiveCosts.of(Machine.host()).padChannels()
        || !isInside(op)) {
      return Optional.empty();
    }
    Window window =
        Window.of(IntTuple.of(1, 1)).withPadding(spatial(op.begin()), spatial(op.end()));
    Convolution copy =
        new Convolution(
            image(op.input()), image(op.output()), window, channels, false, Activation.LINEAR);
    try (Tensor tap = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 1, 1, channels))) {
      tap.transform(ignored -> 1);
      return Optional.of(DirectConvolution.compile(NAME, copy, List.of(tap)));
    }
  }

  private static boolean isInside(Pad op) {
    int last = op.input().rank() - 1;
    return op.begin().get(0) == 0
        && op.end().get(0) == 0
        && op.begin().get(last) == 0
        && op.end().get(last) == 0;
  }

  private static IntTuple spatial(IntTuple padding) {
    return padding.size() == 3
        ? IntTuple.of(0, padding.get(1))
        : IntTuple.of(padding.get(1), padding.get(2));
  }

  private static Shape image(Shape shape) {
    return shape.rank() == 3 ? Shape.of(shape.dim(0), 1, shape.dim(1), shape.dim(2)) : shape;
  }
}
