package org.conv4j.onednn.binding;

/**
 * Runs the code of a network on frames, see {@code native/src/frames.hpp}. The native method checks
 * nothing: the runner of a compiled network is its only caller.
 */
public final class NativeFrames {
  private NativeFrames() {}

  /** Returns how many elements rows of values are filled up to multiples of. */
  public static int lanes() {
    return NativeKernel.machine().lanes(Float.BYTES);
  }

  public static native void run(
      long code,
      long weights,
      int streams,
      int frames,
      long states,
      long positions,
      long input,
      long output,
      long scratch,
      long gathered);
}
