package org.conv4j.cli.data;

import org.conv4j.image.OutputImage;
import org.conv4j.image.ValueRange;
import org.conv4j.shape.DataFormat;
import org.conv4j.tensor.Tensor;

/**
 * How an output becomes an image.
 *
 * @param range the values that are black and white, or null for what the number of channels tells
 * @param palette whether the channels are classes
 * @param format where the channels are, or null for what the output's shape tells
 */
public record ImageStyle(ValueRange range, boolean palette, DataFormat format) {
  OutputImage image(String name, Tensor output) {
    if (palette) {
      return OutputImage.ofClasses(name, output, format);
    }
    return range == null
        ? OutputImage.of(name, output, format)
        : OutputImage.ofLevels(name, output, format, range);
  }
}
