package org.conv4j.keras;

import java.util.function.Function;
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
final class PoolingReaders {
  private PoolingReaders() {}

  static void addTo(LayerClasses classes) {
    classes.add("MaxPooling1D", window(1, MaxPooling1D::new), "MaxPool1D");
    classes.add("MaxPooling2D", window(2, MaxPooling2D::new), "MaxPool2D");
    classes.add("MaxPooling3D", window(3, MaxPooling3D::new), "MaxPool3D");
    classes.add("AveragePooling1D", window(1, AveragePooling1D::new), "AvgPool1D");
    classes.add("AveragePooling2D", window(2, AveragePooling2D::new), "AvgPool2D");
    classes.add("AveragePooling3D", window(3, AveragePooling3D::new), "AvgPool3D");
    classes.add("GlobalMaxPooling1D", global(GlobalMaxPooling1D::new), "GlobalMaxPool1D");
    classes.add("GlobalMaxPooling2D", global(GlobalMaxPooling2D::new), "GlobalMaxPool2D");
    classes.add("GlobalMaxPooling3D", global(GlobalMaxPooling3D::new), "GlobalMaxPool3D");
    classes.add("GlobalAveragePooling1D", global(GlobalAveragePooling1D::new), "GlobalAvgPool1D");
    classes.add("GlobalAveragePooling2D", global(GlobalAveragePooling2D::new), "GlobalAvgPool2D");
    classes.add("GlobalAveragePooling3D", global(GlobalAveragePooling3D::new), "GlobalAvgPool3D");
  }

  private static ClassReader window(int rank, Function<PoolingOptions, Layer> layer) {
    return (config, name) ->
        layer.apply(
            new PoolingOptions(
                name,
                IntTuple.of(config.tuple("pool_size", rank, 2)),
                config.has("strides") ? IntTuple.of(config.tuple("strides", rank, null)) : null,
                config.choice("padding", Padding.class, Padding.VALID),
                config.choice("data_format", DataFormat.class, DataFormat.CHANNELS_LAST)));
  }

  private static ClassReader global(Function<GlobalPoolingOptions, Layer> layer) {
    return (config, name) ->
        layer.apply(
            new GlobalPoolingOptions(
                name,
                config.choice("data_format", DataFormat.class, DataFormat.CHANNELS_LAST),
                config.flag("keepdims", false)));
  }
}
