package org.conv4j.dl4j.convert;

import org.conv4j.layer.Layer;
import org.conv4j.layer.SpatialLayout;
import org.conv4j.layer.reshaping.Borders;
import org.conv4j.layer.reshaping.Cropping1D;
import org.conv4j.layer.reshaping.Cropping2D;
import org.conv4j.layer.reshaping.Cropping3D;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * Padding for an output of {@code ceil(n / stride)}. It is Keras's, but where strides leave gaps
 * that are wider than the windows: then some pooling layers, and convolutions of one dimension,
 * skip half of what their windows do not reach.
 *
 * @param total how far the windows reach over each dimension of the input; below 0 if they leave
 *     something
 */
record SamePadding(IntTuple total) {
  static SamePadding of(
      String name,
      IntTuple kernel,
      IntTuple strides,
      IntTuple dilation,
      DataFormat format,
      Shape input) {
    Shape last = new SpatialLayout(name, kernel.size(), format).channelsLast(input);
    return new SamePadding(
        IntTuple.generate(
            kernel.size(),
            i -> {
              long outputs = (last.dim(i + 1) + strides.get(i) - 1) / strides.get(i);
              long span = (kernel.get(i) - 1L) * dilation.get(i) + 1;
              return Math.toIntExact((outputs - 1) * strides.get(i) + span - last.dim(i + 1));
            }));
  }

  IntTuple begin() {
    return IntTuple.generate(total.size(), i -> Math.max(0, total.get(i) / 2));
  }

  IntTuple end() {
    return IntTuple.generate(total.size(), i -> Math.max(0, total.get(i) - total.get(i) / 2));
  }

  boolean skips() {
    return total.min() < -1;
  }

  /** Takes away what is skipped. */
  Layer skip(String name, DataFormat format) {
    IntTuple skipped = IntTuple.generate(total.size(), i -> Math.max(0, -total.get(i) / 2));
    Borders borders = new Borders(name, skipped, IntTuple.filled(total.size(), 0), format);
    return switch (total.size()) {
      case 1 -> new Cropping1D(borders);
      case 2 -> new Cropping2D(borders);
      default -> new Cropping3D(borders);
    };
  }
}
