package org.conv4j.frames;

/**
 * The last frames of a value.
 *
 * @param value the number of the value
 * @param frames how many are kept
 * @param ignored the frames of the signal until which nothing is kept, as the value has not begun
 * @param initial what all elements are in front of the signal
 */
public record FrameRing(int value, int frames, int ignored, float initial) {}
