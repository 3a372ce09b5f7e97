package org.conv4j.keras.layer;

import org.conv4j.function.ResizeCoordinates;
import org.conv4j.keras.writer.Writer;
import org.conv4j.layer.Interpolation;
import org.conv4j.layer.Layer;
import org.conv4j.layer.reshaping.Borders;
import org.conv4j.layer.reshaping.Cropping1D;
import org.conv4j.layer.reshaping.Cropping2D;
import org.conv4j.layer.reshaping.Cropping3D;
import org.conv4j.layer.reshaping.Flatten;
import org.conv4j.layer.reshaping.Permute;
import org.conv4j.layer.reshaping.RepeatVector;
import org.conv4j.layer.reshaping.Reshape;
import org.conv4j.layer.reshaping.UpSampling1D;
import org.conv4j.layer.reshaping.UpSampling2D;
import org.conv4j.layer.reshaping.UpSampling3D;
import org.conv4j.layer.reshaping.ZeroPadding1D;
import org.conv4j.layer.reshaping.ZeroPadding2D;
import org.conv4j.layer.reshaping.ZeroPadding3D;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;

/** Reads Keras's layers that move, repeat, add or leave out elements. */
final class ReshapingReaders implements ClassReader {
  private ReshapingReaders() {}

  static void addTo(LayerClasses classes) {
    classes.add(
        new ReshapingReaders(),
        "Flatten",
        "Reshape",
        "Permute",
        "RepeatVector",
        "ZeroPadding1D",
        "ZeroPadding2D",
        "ZeroPadding3D",
        "Cropping1D",
        "Cropping2D",
        "Cropping3D",
        "UpSampling1D",
        "UpSampling2D",
        "UpSampling3D");
  }

  @Override
  public Layer read(String className, Config config, String name) {
    return switch (className) {
      case "Flatten" -> new Flatten(name, dataFormat(config));
      case "Reshape" -> new Reshape(name, list(config, "target_shape"));
      case "Permute" -> new Permute(name, list(config, "dims"));
      case "RepeatVector" -> new RepeatVector(name, config.number("n"));
      case "ZeroPadding1D" -> new ZeroPadding1D(borders(config, name, 1, "padding", 1));
      case "ZeroPadding2D" -> new ZeroPadding2D(borders(config, name, 2, "padding", 1));
      case "ZeroPadding3D" -> new ZeroPadding3D(borders(config, name, 3, "padding", 1));
      case "Cropping1D" -> new Cropping1D(borders(config, name, 1, "cropping", 1));
      case "Cropping2D" -> new Cropping2D(borders(config, name, 2, "cropping", 0));
      case "Cropping3D" -> new Cropping3D(borders(config, name, 3, "cropping", 1));
      case "UpSampling1D" -> new UpSampling1D(name, IntTuple.of(config.tuple("size", 1, 2)));
      case "UpSampling2D" -> upSampling(config, name);
      case "UpSampling3D" ->
          new UpSampling3D(name, IntTuple.of(config.tuple("size", 3, 2)), dataFormat(config));
      default -> throw new AssertionError(className);
    };
  }

  private static Layer upSampling(Config config, String name) {
    return new UpSampling2D(
        name,
        IntTuple.of(config.tuple("size", 2, 2)),
        dataFormat(config),
        config.choice("interpolation", Interpolation.class, Interpolation.NEAREST),
        config.writer() == Writer.TFJS
            ? ResizeCoordinates.ASYMMETRIC
            : ResizeCoordinates.HALF_PIXEL);
  }

  private static DataFormat dataFormat(Config config) {
    return config.choice("data_format", DataFormat.class, DataFormat.CHANNELS_LAST);
  }

  private static IntTuple list(Config config, String argument) {
    if (!config.get(argument).isArray()) {
      throw config.invalid(argument, "a list of whole numbers", config.get(argument));
    }
    return config.axes(argument, null);
  }

  private static Borders borders(
      Config config, String name, int rank, String argument, int otherwise) {
    Borders borders = Borders.of(name, rank, config.ends(argument, rank, otherwise));
    return new Borders(name, borders.begin(), borders.end(), dataFormat(config));
  }
}
