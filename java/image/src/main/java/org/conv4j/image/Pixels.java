package org.conv4j.image;

/**
 * A decoded image. Rows from the top, pixels from the left, the channels of a pixel side by side.
 *
 * @param height the number of rows
 * @param width the number of pixels in a row
 * @param channels 1 for grey, 3 for red, green and blue, 4 with alpha behind them
 * @param values from 0 to 255, {@code height * width * channels} of them; not copied
 */
public record Pixels(int height, int width, int channels, float[] values) {}
