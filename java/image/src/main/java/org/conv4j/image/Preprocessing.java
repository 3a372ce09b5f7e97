package org.conv4j.image;

import java.util.Arrays;
import java.util.Locale;
import org.conv4j.error.ShapeMismatchException;

/**
 * What is done to the values 0 to 255 of an image before a network sees them.
 *
 * @param mode one of Keras's ways
 * @param mean what is subtracted then: none, one value, or one for each channel
 * @param std what it is divided by then: none, one value, or one for each channel
 */
public record Preprocessing(Mode mode, float[] mean, float[] std) {
  private static final float[] NONE = {};
  private static final float[] CAFFE_MEAN = {103.939f, 116.779f, 123.68f};
  private static final float[] TORCH_MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] TORCH_STD = {0.229f, 0.224f, 0.225f};

  /** The modes of {@code keras.applications.imagenet_utils.preprocess_input}, and two more. */
  public enum Mode {
    /** From 0 to 255: for networks that scale their input themselves. */
    NONE,
    /** Blue, green, red, less the mean of ImageNet: VGG, ResNet. */
    CAFFE,
    /** From -1 to 1: MobileNet, Inception, Xception, ResNetV2, NASNet. */
    TF,
    /** From 0 to 1, then ImageNet's mean and deviation: DenseNet. */
    TORCH,
    /** From 0 to 1. */
    SCALE;

    /**
     * Returns Keras's spelling.
     *
     * @return the lower-case name
     */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Returns a mode alone, without mean and deviation of one's own.
   *
   * @param mode one of Keras's ways
   * @return the preprocessing
   */
  public static Preprocessing of(Mode mode) {
    return new Preprocessing(mode, NONE, NONE);
  }

  /**
   * Converts an image in place.
   *
   * @param pixels the image, of values from 0 to 255
   * @throws ShapeMismatchException if the mode, the mean or the deviation needs another number of
   *     channels
   */
  public void apply(Pixels pixels) {
    float[] values = pixels.values();
    switch (mode) {
      case NONE -> {}
      case SCALE -> divide(values, 255f);
      case TF -> {
        divide(values, 127.5f);
        normalize(pixels, new float[] {1}, NONE);
      }
      case TORCH -> {
        requireColours(pixels);
        divide(values, 255f);
        normalize(pixels, TORCH_MEAN, TORCH_STD);
      }
      case CAFFE -> {
        requireColours(pixels);
        swapRedAndBlue(values);
        normalize(pixels, CAFFE_MEAN, NONE);
      }
    }
    normalize(pixels, mean, std);
  }

  private static void divide(float[] values, float divisor) {
    for (int i = 0; i < values.length; i++) {
      values[i] /= divisor;
    }
  }

  private static void swapRedAndBlue(float[] values) {
    for (int i = 0; i < values.length; i += 3) {
      float red = values[i];
      values[i] = values[i + 2];
      values[i + 2] = red;
    }
  }

  private static void normalize(Pixels pixels, float[] mean, float[] std) {
    int channels = pixels.channels();
    float[] values = pixels.values();
    float[] offsets = perChannel(mean, channels, 0, "mean");
    float[] divisors = perChannel(std, channels, 1, "std");
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] - offsets[i % channels]) / divisors[i % channels];
    }
  }

  private static float[] perChannel(float[] given, int channels, float absent, String what) {
    if (given.length == channels) {
      return given;
    }
    if (given.length > 1) {
      throw new ShapeMismatchException(
          "The images have %d channels; %d values are given as %s."
              .formatted(channels, given.length, what));
    }
    float[] values = new float[channels];
    Arrays.fill(values, given.length == 0 ? absent : given[0]);
    return values;
  }

  private void requireColours(Pixels pixels) {
    if (pixels.channels() != 3) {
      throw new ShapeMismatchException(
          "The mode %s is for images of 3 channels; the model takes %d."
              .formatted(mode, pixels.channels()));
    }
  }
}
