package org.conv4j.stream.analysis;

/**
 * Where time is in a value, as a step reads it. Reading may give a value another shape, and a frame
 * of the value may then be several frames of that.
 *
 * @param axis the axis that is time, or {@link #NONE}
 * @param frames how many frames, as the reader sees them, a frame of the value is
 */
public record FrameAxis(int axis, long frames) {
  static final int NONE = -1;

  /** Of a value that is the same at all times. */
  static final FrameAxis TIMELESS = new FrameAxis(NONE, 0);

  public boolean hasTime() {
    return axis != NONE;
  }
}
