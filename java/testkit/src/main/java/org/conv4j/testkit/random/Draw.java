package org.conv4j.testkit.random;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.RecurrentCell;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/** Random numbers in the forms that ops are made of. Not thread-safe. */
final class Draw {
  private final Random random;
  private final int stretch;
  private final List<Elementwise> activations;

  /**
   * Makes a source of random numbers.
   *
   * @param random decides the numbers
   * @param stretch what the largest extents are multiplied with, at least 1
   * @param activations to draw from
   */
  Draw(Random random, int stretch, List<Elementwise> activations) {
    this.random = random;
    this.stretch = stretch;
    this.activations = activations;
  }

  Elementwise activation() {
    return oneOf(activations);
  }

  /** A cell with functions that are nowhere steep, or with those that everybody uses. */
  RecurrentCell cell() {
    boolean usual = flip();
    Elementwise gate = usual ? Activation.SIGMOID : gate();
    Elementwise state = usual ? Activation.TANH : gentle();
    return switch (between(0, 2)) {
      case 0 -> new RecurrentCell.Simple(state);
      case 1 -> new RecurrentCell.Lstm(gate, state, usual ? state : gentle(), flip());
      default -> new RecurrentCell.Gru(gate, state, flip());
    };
  }

  /** One of the activations, or none where that is steep somewhere. */
  private Elementwise gentle() {
    Elementwise drawn = activation();
    return Activations.isGentle(drawn) ? drawn : Activation.LINEAR;
  }

  /** One of the activations, or a bounded one where that has no bounds. */
  private Elementwise gate() {
    Elementwise drawn = activation();
    return Activations.isGate(drawn) ? drawn : Activation.RELU6;
  }

  boolean flip() {
    return random.nextBoolean();
  }

  int between(int min, int max) {
    return min + random.nextInt(max - min + 1);
  }

  int oneOf(int... values) {
    return values[random.nextInt(values.length)];
  }

  <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  <T extends Enum<T>> T oneOf(Class<T> kinds) {
    return oneOf(List.of(kinds.getEnumConstants()));
  }

  /** An extent that is larger in larger ops. */
  int extent(int min, int max) {
    return stretch == 1 ? between(min, max) : between(stretch * max / 2, stretch * max);
  }

  int[] extents(int count, int min, int max) {
    int[] extents = new int[count];
    for (int i = 0; i < count; i++) {
      extents[i] = i == count - 1 ? extent(min, max) : between(min, max);
    }
    return extents;
  }

  int[] tuple(int count, int min, int max) {
    return random.ints(count, min, max + 1).toArray();
  }

  /** Some of the axes of a tensor, at least one, ascending. */
  IntTuple axes(int rank) {
    boolean[] chosen = new boolean[rank];
    for (int axis = 0; axis < rank; axis++) {
      chosen[axis] = flip();
    }
    chosen[between(0, rank - 1)] = true;
    return axes(chosen);
  }

  /** The axes that are marked. */
  static IntTuple axes(boolean[] chosen) {
    int[] axes = new int[chosen.length];
    int count = 0;
    for (int axis = 0; axis < chosen.length; axis++) {
      if (chosen[axis]) {
        axes[count++] = axis;
      }
    }
    return IntTuple.of(Arrays.copyOf(axes, count));
  }

  /** A shape of any rank from 1 to 5. */
  Shape shape() {
    int rank = between(1, 5);
    long[] dims = new long[rank];
    int most = rank < 3 ? 40 : rank < 4 ? 17 : 8;
    for (int axis = 0; axis < rank; axis++) {
      dims[axis] = axis == rank - 1 ? extent(1, most) : oneOf(1, 2, 3, between(1, most));
    }
    return Shape.of(dims);
  }

  /** The same shape with extent 1 along some axes, often all but the last. */
  Shape shared(Shape shape) {
    long[] dims = shape.toArray();
    int kind = between(0, 4);
    for (int axis = 0; axis < dims.length; axis++) {
      boolean last = axis == dims.length - 1;
      boolean kept =
          switch (kind) {
            case 0 -> last;
            case 1 -> last || axis == 0;
            case 2 -> true;
            case 3 -> axis > 0;
            default -> flip();
          };
      if (!kept) {
        dims[axis] = 1;
      }
    }
    return Shape.of(dims);
  }

  static Shape shape(int batch, int[] spatial, int channels) {
    long[] dims = new long[spatial.length + 2];
    dims[0] = batch;
    for (int i = 0; i < spatial.length; i++) {
      dims[i + 1] = spatial[i];
    }
    dims[dims.length - 1] = channels;
    return Shape.of(dims);
  }
}
