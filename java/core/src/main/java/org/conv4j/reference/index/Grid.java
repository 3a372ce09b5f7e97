package org.conv4j.reference.index;

import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

/**
 * A channels-last shape with its spatial dimensions extended to three, so that one set of loops
 * serves all ranks: depth 1 in front of 2-D, depth and height 1 in front of 1-D.
 */
public record Grid(int batch, int depth, int height, int width, int channels) {
  public static Grid of(Shape shape) {
    int rank = shape.rank() - 2;
    return new Grid(
        shape.intDim(0),
        rank < 3 ? 1 : shape.intDim(1),
        rank < 2 ? 1 : shape.intDim(rank - 1),
        shape.intDim(rank),
        shape.intDim(-1));
  }

  /** The position of the first channel at a place. */
  public int at(int n, int d, int h, int w) {
    return (((n * depth + d) * height + h) * width + w) * channels;
  }

  public boolean isInside(int d, int h, int w) {
    return d >= 0 && d < depth && h >= 0 && h < height && w >= 0 && w < width;
  }

  /** Where a tap of a moving kernel falls, along an axis of a three-dimensional window. */
  public static int position(Window window, int axis, int place, int tap) {
    return place * window.strides().get(axis)
        - window.padBegin().get(axis)
        + tap * window.dilation().get(axis);
  }

  public static Window threeDimensional(Window window) {
    Window result = window;
    while (result.rank() < 3) {
      result = result.prependUnitDimension();
    }
    return result;
  }
}
