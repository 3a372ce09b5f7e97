package org.conv4j.keras.layer;

import java.util.List;
import org.conv4j.layer.Layer;
import org.conv4j.layer.pooling.AveragePooling1D;
import org.conv4j.layer.pooling.AveragePooling2D;
import org.conv4j.layer.pooling.AveragePooling3D;
import org.conv4j.layer.pooling.GlobalAveragePooling1D;
import org.conv4j.layer.pooling.GlobalAveragePooling2D;
import org.conv4j.layer.pooling.GlobalAveragePooling3D;
import org.conv4j.layer.pooling.GlobalMaxPooling1D;
import org.conv4j.layer.pooling.GlobalMaxPooling2D;
import org.conv4j.layer.pooling.GlobalMaxPooling3D;
import org.conv4j.layer.pooling.GlobalPoolingOptions;
import org.conv4j.layer.pooling.MaxPooling1D;
import org.conv4j.layer.pooling.MaxPooling2D;
import org.conv4j.layer.pooling.MaxPooling3D;
import org.conv4j.layer.pooling.PoolingOptions;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Padding;

/** Reads Keras's pooling layers. */
final class PoolingReaders implements ClassReader {
  private PoolingReaders() {}

  static void addTo(LayerClasses classes) {
    classes.add(
        new PoolingReaders(),
        "MaxPooling1D",
        "MaxPooling2D",
        "MaxPooling3D",
        "AveragePooling1D",
        "AveragePooling2D",
        "AveragePooling3D",
        "GlobalMaxPooling1D",
        "GlobalMaxPooling2D",
        "GlobalMaxPooling3D",
        "GlobalAveragePooling1D",
        "GlobalAveragePooling2D",
        "GlobalAveragePooling3D");
    classes.addAlias("MaxPool1D", "MaxPooling1D");
    classes.addAlias("MaxPool2D", "MaxPooling2D");
    classes.addAlias("MaxPool3D", "MaxPooling3D");
    classes.addAlias("AvgPool1D", "AveragePooling1D");
    classes.addAlias("AvgPool2D", "AveragePooling2D");
    classes.addAlias("AvgPool3D", "AveragePooling3D");
    classes.addAlias("GlobalMaxPool1D", "GlobalMaxPooling1D");
    classes.addAlias("GlobalMaxPool2D", "GlobalMaxPooling2D");
    classes.addAlias("GlobalMaxPool3D", "GlobalMaxPooling3D");
    classes.addAlias("GlobalAvgPool1D", "GlobalAveragePooling1D");
    classes.addAlias("GlobalAvgPool2D", "GlobalAveragePooling2D");
    classes.addAlias("GlobalAvgPool3D", "GlobalAveragePooling3D");
  }

  @Override
  public List<String> tensorArguments() {
    return List.of("inputs", MASK);
  }

  @Override
  public Layer read(String className, Config config, String name) {
    return switch (className) {
      case "MaxPooling1D" -> new MaxPooling1D(window(config, name, 1));
      case "MaxPooling2D" -> new MaxPooling2D(window(config, name, 2));
      case "MaxPooling3D" -> new MaxPooling3D(window(config, name, 3));
      case "AveragePooling1D" -> new AveragePooling1D(window(config, name, 1));
      case "AveragePooling2D" -> new AveragePooling2D(window(config, name, 2));
      case "AveragePooling3D" -> new AveragePooling3D(window(config, name, 3));
      case "GlobalMaxPooling1D" -> new GlobalMaxPooling1D(global(config, name));
      case "GlobalMaxPooling2D" -> new GlobalMaxPooling2D(global(config, name));
      case "GlobalMaxPooling3D" -> new GlobalMaxPooling3D(global(config, name));
      case "GlobalAveragePooling1D" -> new GlobalAveragePooling1D(global(config, name));
      case "GlobalAveragePooling2D" -> new GlobalAveragePooling2D(global(config, name));
      case "GlobalAveragePooling3D" -> new GlobalAveragePooling3D(global(config, name));
      default -> throw new AssertionError(className);
    };
  }

  private static PoolingOptions window(Config config, String name, int rank) {
    return new PoolingOptions(
        name,
        IntTuple.of(config.tuple("pool_size", rank, 2)),
        config.has("strides") ? IntTuple.of(config.tuple("strides", rank, null)) : null,
        config.choice("padding", Padding.class, Padding.VALID),
        config.choice("data_format", DataFormat.class, DataFormat.CHANNELS_LAST));
  }

  private static GlobalPoolingOptions global(Config config, String name) {
    return new GlobalPoolingOptions(
        name,
        config.choice("data_format", DataFormat.class, DataFormat.CHANNELS_LAST),
        config.flag("keepdims", false));
  }
}
