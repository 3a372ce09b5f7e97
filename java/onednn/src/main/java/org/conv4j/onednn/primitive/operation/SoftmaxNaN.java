package org.conv4j.onednn.primitive.operation;

import java.nio.FloatBuffer;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.Scratchpad;
import org.conv4j.op.Softmax;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.HeldElements;

/**
 * Makes a whole softmax NaN where one of its elements is, in place. oneDNN's kernels leave the
 * other elements at 0, or at minus infinity for the logarithm. So one element of each softmax tells
 * whether there may be a NaN: only if it is none of these values, all are sound.
 *
 * @param count the number of elements
 * @param length the number of elements along the axis
 * @param stride the distance between neighbours along the axis
 * @param lowest what the others may be
 */
record SoftmaxNaN(int count, int length, int stride, float lowest) implements CompiledOp {
  static SoftmaxNaN of(Softmax op) {
    int inner = 1;
    for (int axis = op.axis() + 1; axis < op.input().rank(); axis++) {
      inner *= op.input().intDim(axis);
    }
    return new SoftmaxNaN(
        Math.toIntExact(op.input().elementCount()),
        op.input().intDim(op.axis()),
        inner,
        op.log() ? Float.NEGATIVE_INFINITY : 0);
  }

  private void spread(FloatBuffer elements) {
    for (int block = 0; block < count; block += length * stride) {
      for (int first = block; first < block + stride; first++) {
        if (!(elements.get(first) > lowest) && hasNaN(elements, first)) {
          fill(elements, first);
        }
      }
    }
  }

  private boolean hasNaN(FloatBuffer elements, int first) {
    for (int i = first; i < first + length * stride; i += stride) {
      if (Float.isNaN(elements.get(i))) {
        return true;
      }
    }
    return false;
  }

  private void fill(FloatBuffer elements, int first) {
    for (int i = first; i < first + length * stride; i += stride) {
      elements.put(i, Float.NaN);
    }
  }

  @Override
  public String kernel() {
    return "nan";
  }

  @Override
  public String implementation() {
    return "java:nan";
  }

  @Override
  public long scratchpadBytes() {
    return 0;
  }

  @Override
  public OpRunner newRunner(Scratchpad scratchpad) {
    return new OpRunner() {
      @Override
      public void run(Tensor[] inputs, Tensor output) {
        spread(HeldElements.floats(output));
      }

      @Override
      public void close() {
        // It holds nothing.
      }
    };
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
