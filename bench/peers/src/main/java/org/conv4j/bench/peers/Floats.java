package org.conv4j.bench.peers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.conv4j.tensor.Tensor;

/** Direct float buffers and the orders that weights lie in. */
public final class Floats {
  /** What every library here is content with: a cache line, an AVX-512 register. */
  private static final int ALIGNMENT = 64;

  private Floats() {}

  public static long count(long... shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** Allocates zeros on a cache line; writing them has brought every page into memory. */
  public static FloatBuffer allocate(long... shape) {
    return allocateBytes(shape).asFloatBuffer();
  }

  public static ByteBuffer allocateBytes(long... shape) {
    int bytes = Math.toIntExact(count(shape) * Float.BYTES);
    ByteBuffer whole = ByteBuffer.allocateDirect(bytes + ALIGNMENT);
    int past = whole.alignmentOffset(0, ALIGNMENT);
    return whole.slice(ALIGNMENT - past, bytes).order(ByteOrder.nativeOrder());
  }

  /**
   * Copies a kernel with its last two axes first and swapped: ours {@code (k..., a, b)} becomes
   * {@code (b, a, k...)}, which both kinds of convolution have in ONNX and PyTorch.
   */
  public static float[] channelsFirstKernel(Tensor kernel) {
    int rank = kernel.shape().rank();
    int[] axes = new int[rank];
    axes[0] = rank - 1;
    axes[1] = rank - 2;
    for (int i = 2; i < rank; i++) {
      axes[i] = i - 2;
    }
    return permute(kernel.toFloatArray(), kernel.shape().toArray(), axes);
  }

  /** Copies an array so that its axis {@code axes[i]} becomes axis {@code i}. */
  public static float[] permute(float[] values, long[] shape, int... axes) {
    int rank = shape.length;
    long[] strides = new long[rank];
    long stride = 1;
    for (int i = rank - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape[i];
    }
    float[] moved = new float[values.length];
    long[] index = new long[rank];
    for (int target = 0; target < moved.length; target++) {
      long source = 0;
      for (int i = 0; i < rank; i++) {
        source += index[i] * strides[axes[i]];
      }
      moved[target] = values[(int) source];
      for (int i = rank - 1; i >= 0 && ++index[i] == shape[axes[i]]; i--) {
        index[i] = 0;
      }
    }
    return moved;
  }
}
