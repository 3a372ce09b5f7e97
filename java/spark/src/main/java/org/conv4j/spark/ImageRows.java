package org.conv4j.spark;

import java.util.Locale;
import org.conv4j.error.MalformedFileException;
import org.conv4j.image.ImageFile;
import org.conv4j.image.ImageLayout;
import org.conv4j.image.ImageResizing;
import org.conv4j.image.Pixels;
import org.conv4j.image.Preprocessing;
import org.conv4j.tensor.Tensor;

/** Images in rows as inputs of a network. */
final class ImageRows {
  static final Object[] MODES = {"none", "scale", "tf", "caffe", "torch"};

  private final ImageLayout layout;
  private final Preprocessing preprocessing;

  ImageRows(ImageLayout layout, String mode) {
    this.layout = layout;
    preprocessing = Preprocessing.of(Preprocessing.Mode.valueOf(mode.toUpperCase(Locale.ROOT)));
  }

  void copy(byte[] content, Tensor target) throws InvalidRowException {
    try {
      Pixels pixels =
          ImageFile.read(
              content,
              "the image",
              layout.height(),
              layout.width(),
              layout.channels(),
              ImageResizing.BILINEAR);
      preprocessing.apply(pixels);
      layout.copy(pixels, target);
    } catch (MalformedFileException failure) {
      throw new InvalidRowException(failure.getMessage(), failure);
    }
  }
}
