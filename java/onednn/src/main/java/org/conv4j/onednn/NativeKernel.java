package org.conv4j.onednn;

import org.conv4j.tensor.DataType;

/**
 * The kernels of {@code native/src}, numbered as its {@code KernelKind}. The native methods check
 * nothing: {@link NativeOp} is their only caller.
 */
enum NativeKernel {
  DENSE,
  DEPTHWISE,
  GROUPED,
  IMAGE,
  WINOGRAD,
  STEM,
  POINTWISE,
  PATCH;

  /** Returns how many elements one vector of this processor holds. */
  static int lanes(DataType dataType) {
    return vectorBytes() / dataType.bytes();
  }

  /** Returns the instruction set that the kernels use here. */
  static native String instructions();

  /** Rules out instruction sets with longer vectors. For once, before anything is packed. */
  static native void limit(int vectorBytes);

  private static native int vectorBytes();

  static native long packedBytes(int kernel, boolean wide, long problem);

  static native long scratchBytes(int kernel, boolean wide, long problem);

  static native void pack(
      int kernel, boolean wide, long problem, long weights, long bias, long packed);

  static native void run(
      int kernel,
      boolean wide,
      long problem,
      long input,
      long residual,
      long packed,
      long output,
      long scratch);
}
