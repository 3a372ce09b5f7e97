package org.conv4j.onnx.call;

import java.util.Optional;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Step;
import org.conv4j.lowering.Value;
import org.conv4j.op.Permute;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * Channels that are seen as a matrix, which is turned: ShuffleNet's way to mix groups. Files write
 * it as Reshape, Transpose and Reshape of images whose channels come first. Where they lie last in
 * memory, this is one op that leaves them there.
 */
final class ChannelShuffle {
  private ChannelShuffle() {}

  /**
   * The turned channels, or null if a reshape is not the end of a shuffle.
   *
   * @param in what is reshaped, with axes for the images, the columns, the rows and the places
   * @param shape to what, with axes for the images, the channels and the places
   */
  static Value append(Lowering lowering, String name, Value in, Shape shape) {
    int rank = shape.rank();
    if (rank < 3 || in.view() != DataFormat.CHANNELS_LAST || !joinsChannels(in.shape(), shape)) {
      return null;
    }
    Optional<Step> turned = permute(lowering, in.id(), turn(rank + 1));
    IntTuple toFirst = DataFormat.CHANNELS_FIRST.axesFromChannelsLast(rank);
    Optional<Step> first = turned.flatMap(step -> permute(lowering, step.inputs().get(0), toFirst));
    if (first.isEmpty()) {
      return null;
    }
    Shape matrices = turned.get().op().inputs().get(0);
    Shape images = first.get().op().inputs().get(0);
    long rows = matrices.dim(1);
    long columns = matrices.dim(2);
    boolean fits = images.dim(0) == matrices.dim(0) && images.dim(-1) == rows * columns;
    for (int axis = 3; axis < matrices.rank(); axis++) {
      fits &= matrices.dim(axis) == images.dim(axis - 2);
    }
    if (!fits) {
      return null;
    }
    Shape places = Shape.of(images.elementCount() / rows / columns, rows, columns);
    Value last = new Value(first.get().inputs().get(0), places, DataFormat.CHANNELS_LAST);
    Permute op = new Permute(places, IntTuple.of(0, 2, 1));
    Value shuffled = lowering.append(name, op, last, java.util.List.of(), DataFormat.CHANNELS_LAST);
    return new Value(shuffled.id(), shape, DataFormat.CHANNELS_FIRST);
  }

  private static boolean joinsChannels(Shape from, Shape to) {
    boolean joins =
        from.rank() == to.rank() + 1
            && from.dim(0) == to.dim(0)
            && from.dim(1) * from.dim(2) == to.dim(1);
    for (int axis = 2; joins && axis < to.rank(); axis++) {
      joins = from.dim(axis + 1) == to.dim(axis);
    }
    return joins;
  }

  /** The axes 1 and 2 in each other's place. */
  private static IntTuple turn(int rank) {
    return IntTuple.generate(rank, i -> i == 1 ? 2 : i == 2 ? 1 : i);
  }

  private static Optional<Step> permute(Lowering lowering, int value, IntTuple axes) {
    return lowering
        .writer(value)
        .filter(step -> step.op() instanceof Permute permute && permute.axes().equals(axes));
  }
}
