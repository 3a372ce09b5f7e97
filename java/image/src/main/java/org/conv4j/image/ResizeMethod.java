package org.conv4j.image;

import java.util.Locale;

/**
 * How an image is brought to another size. The names without {@code pil} are those of {@code
 * keras.ops.image.resize}, which computes in float; the others those that {@code
 * keras.utils.load_img} hands to Pillow, which rounds to whole grey levels after each axis and
 * always smooths an image that shrinks.
 */
public enum ResizeMethod {
  /** The pixel at the place; also the default of {@code load_img}. */
  NEAREST,
  /** Between the two pixels around the place, along both axes. */
  BILINEAR,
  /** Keys's cubic convolution with a = -1/2 of four pixels along each axis. */
  BICUBIC,
  /** A sinc of six pixels along each axis. */
  LANCZOS3,
  /** A sinc of ten pixels along each axis. */
  LANCZOS5,
  /** The mean of what a pixel covers; {@code tf.image.resize} has it. */
  AREA,
  /** {@code load_img(interpolation="bilinear")}. */
  PIL_BILINEAR,
  /** {@code load_img(interpolation="bicubic")}. */
  PIL_BICUBIC,
  /** {@code load_img(interpolation="lanczos")}. */
  PIL_LANCZOS,
  /** {@code load_img(interpolation="box")}. */
  PIL_BOX,
  /** {@code load_img(interpolation="hamming")}. */
  PIL_HAMMING;

  /** Whether results are whole grey levels, by Pillow's arithmetic. */
  boolean isPillows() {
    return compareTo(PIL_BILINEAR) >= 0;
  }

  /**
   * Returns the spelling of the command line.
   *
   * @return for example {@code pil-bilinear}
   */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
