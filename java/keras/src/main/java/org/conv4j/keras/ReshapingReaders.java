package org.conv4j.keras;

import java.util.function.Function;
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
final class ReshapingReaders {
  private ReshapingReaders() {}

  static void addTo(LayerClasses classes) {
    classes.add("Flatten", (config, name) -> new Flatten(name, dataFormat(config)));
    classes.add("Reshape", (config, name) -> new Reshape(name, list(config, "target_shape")));
    classes.add("Permute", (config, name) -> new Permute(name, list(config, "dims")));
    classes.add("RepeatVector", (config, name) -> new RepeatVector(name, config.number("n")));
    classes.add("ZeroPadding1D", borders(1, "padding", 1, ZeroPadding1D::new));
    classes.add("ZeroPadding2D", borders(2, "padding", 1, ZeroPadding2D::new));
    classes.add("ZeroPadding3D", borders(3, "padding", 1, ZeroPadding3D::new));
    classes.add("Cropping1D", borders(1, "cropping", 1, Cropping1D::new));
    classes.add("Cropping2D", borders(2, "cropping", 0, Cropping2D::new));
    classes.add("Cropping3D", borders(3, "cropping", 1, Cropping3D::new));
    classes.add(
        "UpSampling1D",
        (config, name) -> new UpSampling1D(name, IntTuple.of(config.tuple("size", 1, 2))));
    classes.add("UpSampling2D", ReshapingReaders::upSampling);
    classes.add(
        "UpSampling3D",
        (config, name) ->
            new UpSampling3D(name, IntTuple.of(config.tuple("size", 3, 2)), dataFormat(config)));
  }

  private static Layer upSampling(Config config, String name) {
    return new UpSampling2D(
        name,
        IntTuple.of(config.tuple("size", 2, 2)),
        dataFormat(config),
        config.choice("interpolation", Interpolation.class, Interpolation.NEAREST));
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

  private static ClassReader borders(
      int rank, String argument, int otherwise, Function<Borders, Layer> layer) {
    return (config, name) -> {
      Borders borders = Borders.of(name, rank, config.ends(argument, rank, otherwise));
      return layer.apply(new Borders(name, borders.begin(), borders.end(), dataFormat(config)));
    };
  }
}
