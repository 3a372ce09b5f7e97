package org.conv4j.frames;

/**
 * A frame of a value, as a step reads it: the one of the same moment, or an earlier one.
 *
 * @param value the number of the value
 * @param ring the ring that keeps its last frames, see {@link FrameProgram#rings}; {@link #NONE} if
 *     none does
 * @param delay how many frames ago; 0 without a ring, at most as many as that keeps
 */
public record FrameRead(int value, int ring, int delay) {
  /** In the place of a ring. */
  public static final int NONE = -1;
}
