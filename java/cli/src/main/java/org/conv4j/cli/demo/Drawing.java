package org.conv4j.cli.demo;

import org.conv4j.tensor.Tensor;

/** Draws a grey image with characters. */
public final class Drawing {
  private static final String SHADES = " .:-=+*#%@";

  private Drawing() {}

  /** Draws an image of shape (1, height, width, 1) with values from 0 to 1, two columns a pixel. */
  public static String of(Tensor image) {
    StringBuilder drawing = new StringBuilder();
    int width = image.shape().intDim(2);
    float[] pixels = image.toFloatArray();
    for (int i = 0; i < pixels.length; i++) {
      char shade = SHADES.charAt(Math.round(pixels[i] * (SHADES.length() - 1)));
      drawing.append(shade).append(shade);
      if (i % width == width - 1) {
        drawing.append(System.lineSeparator());
      }
    }
    return drawing.toString();
  }
}
