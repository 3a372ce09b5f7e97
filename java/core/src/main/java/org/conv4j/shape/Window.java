package org.conv4j.shape;

/**
 * How a kernel moves over the spatial dimensions, fully resolved: what a convolution is once
 * Keras's padding names have been turned into numbers.
 *
 * @param kernel the kernel's extents
 * @param strides the distance between neighbouring positions
 * @param dilation the distance between neighbouring kernel taps; 1 is an ordinary kernel
 * @param padBegin zeros before the first input element; for a transposed convolution, elements cut
 *     from the begin of the full output
 * @param padEnd zeros after the last input element, or elements cut from the end of the full
 *     output; negative where the last input elements are never reached, or where the output extends
 *     past the full one
 */
public record Window(
    IntTuple kernel, IntTuple strides, IntTuple dilation, IntTuple padBegin, IntTuple padEnd) {

  /**
   * Returns the number of spatial dimensions.
   *
   * @return 1, 2 or 3
   */
  public int rank() {
    return kernel.size();
  }

  /**
   * Returns how many input elements the dilated kernel spans.
   *
   * @param axis the spatial dimension
   * @return {@code (k - 1) * d + 1}
   */
  public int effectiveKernel(int axis) {
    return (kernel.get(axis) - 1) * dilation.get(axis) + 1;
  }

  /**
   * Returns the number of kernel taps.
   *
   * @return the product of the kernel's extents
   */
  public long taps() {
    long taps = 1;
    for (int i = 0; i < rank(); i++) {
      taps *= kernel.get(i);
    }
    return taps;
  }

  /**
   * Returns the same window with another dimension of extent 1 before the first.
   *
   * @return a window of one more dimension that computes the same
   */
  public Window prependUnitDimension() {
    return new Window(
        kernel.prepend(1),
        strides.prepend(1),
        dilation.prepend(1),
        padBegin.prepend(0),
        padEnd.prepend(0));
  }
}
