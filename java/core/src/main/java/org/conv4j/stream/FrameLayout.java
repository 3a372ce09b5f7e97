package org.conv4j.stream;

import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/**
 * How frames lie in memory: those of a channels-last signal one behind the other, of others row by
 * row.
 *
 * @param rows how many rows there are
 * @param elements how many elements a frame has in each row
 */
record FrameLayout(int rows, int elements) {
  /** The layout of a tensor of one frame. */
  static FrameLayout of(Shape frame, int axis) {
    long rows = 1;
    for (int i = 0; i < axis; i++) {
      rows *= frame.dim(i);
    }
    return new FrameLayout(Math.toIntExact(rows), Math.toIntExact(frame.elementCount() / rows));
  }

  /** The elements of some frames. */
  long size(long frames) {
    return frames * rows * elements;
  }

  /** Fills a tensor of {@code count} frames with those from {@code first} on of {@code all}. */
  void read(Frames source, int first, int all, Tensor target, int count) {
    for (int row = 0; row < rows; row++) {
      int from = (row * all + first) * elements;
      source.read(from, target, row * count * elements, count * elements);
    }
  }

  /** Copies the last {@code count} of a tensor's frames to those from {@code first} on. */
  void write(Tensor source, int frames, int count, Frames target, int first, int all) {
    for (int row = 0; row < rows; row++) {
      int from = (row * frames + frames - count) * elements;
      target.write((row * all + first) * elements, source, from, count * elements);
    }
  }
}
