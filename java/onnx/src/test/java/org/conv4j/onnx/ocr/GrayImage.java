package org.conv4j.onnx.ocr;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A grey image.
 *
 * @param width of a row
 * @param pixels in rows, from 0 for black to 1 for white
 */
record GrayImage(int width, float[] pixels) {
  static GrayImage read(InputStream content) throws IOException {
    BufferedImage image = ImageIO.read(content);
    int width = image.getWidth();
    float[] pixels = new float[width * image.getHeight()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (image.getRGB(i % width, i / width) & 0xff) / 255f;
    }
    return new GrayImage(width, pixels);
  }

  int height() {
    return pixels.length / width;
  }

  GrayImage crop(Box box) {
    int columns = box.right() - box.left();
    float[] part = new float[columns * (box.bottom() - box.top())];
    for (int i = 0; i < part.length; i++) {
      part[i] = pixels[(box.top() + i / columns) * width + box.left() + i % columns];
    }
    return new GrayImage(columns, part);
  }

  /** Interpolates between the centres of pixels. */
  GrayImage resize(int newHeight, int newWidth) {
    float[] resized = new float[newHeight * newWidth];
    for (int i = 0; i < resized.length; i++) {
      double y = centre(i / newWidth, newHeight, height());
      double x = centre(i % newWidth, newWidth, width);
      double above = between((int) y, x);
      double below = between(Math.min((int) y + 1, height() - 1), x);
      resized[i] = (float) (above + (y - Math.floor(y)) * (below - above));
    }
    return new GrayImage(newWidth, resized);
  }

  private static double centre(int place, int extent, int from) {
    double at = (place + 0.5) * from / extent - 0.5;
    return Math.max(0, Math.min(from - 1, at));
  }

  private double between(int row, double x) {
    double left = pixels[row * width + (int) x];
    double right = pixels[row * width + Math.min((int) x + 1, width - 1)];
    return left + (x - Math.floor(x)) * (right - left);
  }

  /** Three equal channels, each less a mean and divided by a deviation. */
  Tensor toTensor(double[] mean, double[] deviation) {
    double[] numbers = new double[3 * pixels.length];
    Arrays.setAll(
        numbers,
        i -> (pixels[i % pixels.length] - mean[i / pixels.length]) / deviation[i / pixels.length]);
    return Tensor.allocate(DataType.FLOAT32, Shape.of(1, 3, height(), width)).copyFrom(numbers);
  }
}
