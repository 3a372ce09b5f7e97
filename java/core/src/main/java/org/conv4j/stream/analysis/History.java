package org.conv4j.stream.analysis;

import org.conv4j.shape.Shape;

/**
 * The last frames of a value, which a stream keeps from one chunk to the next; or the states of the
 * recurrence that writes it.
 *
 * @param value the number of the value in the analysed program
 * @param axis where time is in it, as the steps that need it read it
 * @param shape what is kept
 * @param padding whether a step reads what is in front of the value's first frame, where there must
 *     be {@code initial} then
 * @param initial all elements at the beginning
 * @param states whether it is states, of shape {@code (1, states, units)}, and no frames
 */
public record History(
    int value, FrameAxis axis, Shape shape, boolean padding, double initial, boolean states) {
  /** Frames of a value. */
  History(int value, FrameAxis axis, Shape shape, boolean padding, double initial) {
    this(value, axis, shape, padding, initial, false);
  }

  /** The states of a recurrence, which are 0 in front of its first frame. */
  static History ofStates(int value, int states, int units) {
    return new History(value, new FrameAxis(1, 1), Shape.of(1, states, units), true, 0, true);
  }

  public long frames() {
    return shape.dim(axis.axis());
  }

  public boolean holds(int other, FrameAxis otherAxis, Shape read, double otherInitial) {
    return !states
        && value == other
        && axis.equals(otherAxis)
        && Double.compare(initial, otherInitial) == 0
        && shape.equals(read.withDim(axis.axis(), frames()));
  }

  public History withAtLeast(long others, boolean padded) {
    Shape longer = shape.withDim(axis.axis(), Math.max(frames(), others));
    return new History(value, axis, longer, padding || padded, initial);
  }
}
