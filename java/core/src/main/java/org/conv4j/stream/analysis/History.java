package org.conv4j.stream.analysis;

import org.conv4j.shape.Shape;

/**
 * The last frames of a value, which a stream keeps from one chunk to the next.
 *
 * @param value the number of the value in the analysed program
 * @param axis where time is in it, as the steps that need it read it
 * @param shape what is kept
 * @param padding whether a step reads what is in front of the value's first frame, where there must
 *     be {@code initial} then
 * @param initial all elements at the beginning
 */
public record History(int value, FrameAxis axis, Shape shape, boolean padding, double initial) {
  public long frames() {
    return shape.dim(axis.axis());
  }

  public boolean holds(int other, FrameAxis otherAxis, Shape read, double otherInitial) {
    return value == other
        && axis.equals(otherAxis)
        && Double.compare(initial, otherInitial) == 0
        && shape.equals(read.withDim(axis.axis(), frames()));
  }

  public History withAtLeast(long others, boolean padded) {
    Shape longer = shape.withDim(axis.axis(), Math.max(frames(), others));
    return new History(value, axis, longer, padding || padded, initial);
  }
}
