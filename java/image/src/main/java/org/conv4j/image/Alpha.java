package org.conv4j.image;

/**
 * Colours times their alpha, in Pillow's arithmetic, which mixes pixels that are transparent so.
 */
final class Alpha {
  /** Red, green, blue and alpha. */
  static final int CHANNELS = 4;

  private static final int OPAQUE = 255;

  private Alpha() {}

  /** Multiplies colours of whole levels with their alpha. */
  static void multiply(float[] pixels) {
    for (int i = 0; i < pixels.length; i += CHANNELS) {
      int alpha = (int) pixels[i + CHANNELS - 1];
      for (int c = 0; c < CHANNELS - 1; c++) {
        int product = (int) pixels[i + c] * alpha + 128;
        pixels[i + c] = (product >> 8) + product >> 8;
      }
    }
  }

  /** Divides them again. */
  static void divide(float[] pixels) {
    for (int i = 0; i < pixels.length; i += CHANNELS) {
      int alpha = (int) pixels[i + CHANNELS - 1];
      for (int c = 0; c < CHANNELS - 1 && alpha != 0 && alpha != OPAQUE; c++) {
        pixels[i + c] = Math.min(OPAQUE, OPAQUE * (int) pixels[i + c] / alpha);
      }
    }
  }
}
