package org.conv4j.image;

import java.util.Objects;

/**
 * How images become as large as a network wants them.
 *
 * @param method which pixels count, and how much
 * @param antialias whether an image that shrinks is smoothed, as {@code
 *     keras.ops.image.resize(antialias=True)} does it; the Pillow methods always do
 * @param aspect what becomes of images of another ratio of height to width
 */
public record ImageResizing(ResizeMethod method, boolean antialias, Aspect aspect) {
  /** The default of {@code keras.ops.image.resize} and of {@code image_dataset_from_directory}. */
  public static final ImageResizing BILINEAR =
      new ImageResizing(ResizeMethod.BILINEAR, false, Aspect.STRETCH);

  /** What becomes of images of another ratio of height to width. */
  public enum Aspect {
    /** They are distorted: Keras's default. */
    STRETCH,
    /**
     * Their ends are cut: {@code ops.image.resize(crop_to_aspect_ratio=True)}, {@code
     * load_img(keep_aspect_ratio=True)}.
     */
    CROP,
    /** Black surrounds them: {@code ops.image.resize(pad_to_aspect_ratio=True)}. */
    PAD
  }

  /**
   * Checks the arguments.
   *
   * @param method see {@link #method}
   * @param antialias see {@link #antialias}
   * @param aspect see {@link #aspect}
   * @throws IllegalArgumentException if the method is not one that can be smoothed and {@code
   *     antialias} is set, or Pillow's and images are padded
   */
  public ImageResizing {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(aspect, "aspect");
    if (antialias
        && (method == ResizeMethod.NEAREST || method == ResizeMethod.AREA || method.isPillows())) {
      throw new IllegalArgumentException(
          "The method '%s' has no antialias; bilinear, bicubic, lanczos3 and lanczos5 have."
              .formatted(method));
    }
    if (aspect == Aspect.PAD && method.isPillows()) {
      throw new IllegalArgumentException(
          "load_img does not pad images; '%s' can stretch or crop.".formatted(method));
    }
  }
}
