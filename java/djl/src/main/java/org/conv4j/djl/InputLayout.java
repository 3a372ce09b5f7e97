package org.conv4j.djl;

import java.util.List;
import org.conv4j.djl.memory.View;
import org.conv4j.model.InputSpec;

/** Where the channels of inputs are. DJL's translators put them in front; Keras has them last. */
enum InputLayout {
  /** Whichever fits the model's input; as the model has it if both do. */
  AUTO,

  /** As the model has them. */
  NHWC,

  /**
   * Channels follow the batch, in inputs and in outputs of three or more dimensions, although the
   * model has them last.
   */
  NCHW;

  /** Whether an input's channels are in front of where the model has them. */
  boolean isTurned(InputSpec input, int[] shape) {
    if (shape.length < 3) {
      return false;
    }
    return switch (this) {
      case NHWC -> false;
      case NCHW -> true;
      case AUTO ->
          !fits(input, shape)
              && fits(input, View.of(0, shape).transposed(last(shape.length)).shape());
    };
  }

  private static boolean fits(InputSpec input, int[] shape) {
    List<Long> dims = input.dims();
    if (dims == null || dims.size() != shape.length) {
      return dims == null;
    }
    for (int axis = 1; axis < shape.length; axis++) {
      if (dims.get(axis) != InputSpec.ANY && dims.get(axis) != shape[axis]) {
        return false;
      }
    }
    return true;
  }

  /** The axes that put channels last. */
  static int[] last(int rank) {
    int[] axes = new int[rank];
    for (int axis = 1; axis < rank - 1; axis++) {
      axes[axis] = axis + 1;
    }
    axes[rank - 1] = 1;
    return axes;
  }

  /** The axes that put channels behind the batch. */
  static int[] first(int rank) {
    int[] axes = new int[rank];
    axes[1] = rank - 1;
    for (int axis = 2; axis < rank; axis++) {
      axes[axis] = axis - 1;
    }
    return axes;
  }
}
