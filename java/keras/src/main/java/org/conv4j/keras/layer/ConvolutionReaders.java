package org.conv4j.keras.layer;

import org.conv4j.layer.Layer;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.layer.convolution.Conv1DTranspose;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.convolution.Conv2DTranspose;
import org.conv4j.layer.convolution.Conv3D;
import org.conv4j.layer.convolution.Conv3DTranspose;
import org.conv4j.layer.convolution.ConvolutionOptions;
import org.conv4j.layer.convolution.DepthwiseConv1D;
import org.conv4j.layer.convolution.DepthwiseConv2D;
import org.conv4j.layer.convolution.SeparableConv1D;
import org.conv4j.layer.convolution.SeparableConv2D;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Padding;

/** Reads the convolution layers. */
final class ConvolutionReaders implements ClassReader {
  private ConvolutionReaders() {}

  static void addTo(LayerClasses classes) {
    classes.add(
        new ConvolutionReaders(),
        "Conv1D",
        "Conv2D",
        "Conv3D",
        "DepthwiseConv1D",
        "DepthwiseConv2D",
        "SeparableConv1D",
        "SeparableConv2D",
        "Conv1DTranspose",
        "Conv2DTranspose",
        "Conv3DTranspose");
    classes.addAlias("Convolution1D", "Conv1D");
    classes.addAlias("Convolution2D", "Conv2D");
    classes.addAlias("Convolution3D", "Conv3D");
    classes.addAlias("SeparableConvolution1D", "SeparableConv1D");
    classes.addAlias("SeparableConvolution2D", "SeparableConv2D");
    classes.addAlias("Convolution1DTranspose", "Conv1DTranspose");
    classes.addAlias("Convolution2DTranspose", "Conv2DTranspose");
    classes.addAlias("Convolution3DTranspose", "Conv3DTranspose");
  }

  @Override
  public Layer read(String className, Config config, String name) {
    return switch (className) {
      case "Conv1D" -> new Conv1D(filters(config), groups(config), dense(config, name, 1));
      case "Conv2D" -> new Conv2D(filters(config), groups(config), dense(config, name, 2));
      case "Conv3D" -> new Conv3D(filters(config), groups(config), dense(config, name, 3));
      case "DepthwiseConv1D" ->
          new DepthwiseConv1D(depthMultiplier(config), ungrouped(config, name, 1));
      case "DepthwiseConv2D" ->
          new DepthwiseConv2D(depthMultiplier(config), ungrouped(config, name, 2));
      case "SeparableConv1D" ->
          new SeparableConv1D(filters(config), depthMultiplier(config), ungrouped(config, name, 1));
      case "SeparableConv2D" ->
          new SeparableConv2D(filters(config), depthMultiplier(config), ungrouped(config, name, 2));
      case "Conv1DTranspose" ->
          new Conv1DTranspose(
              filters(config), outputPadding(config, 1), denseUngrouped(config, name, 1));
      case "Conv2DTranspose" ->
          new Conv2DTranspose(
              filters(config), outputPadding(config, 2), denseUngrouped(config, name, 2));
      case "Conv3DTranspose" ->
          new Conv3DTranspose(
              filters(config), outputPadding(config, 3), denseUngrouped(config, name, 3));
      default -> throw new AssertionError(className);
    };
  }

  static int filters(Config config) {
    return config.number("filters");
  }

  private static int depthMultiplier(Config config) {
    return config.number("depth_multiplier", 1);
  }

  private static int groups(Config config) {
    return config.number("groups", 1);
  }

  private static IntTuple outputPadding(Config config, int rank) {
    return config.has("output_padding")
        ? IntTuple.of(config.tuple("output_padding", rank, null))
        : null;
  }

  /** The options of the layers whose strides and dilation Keras does not combine. */
  static ConvolutionOptions dense(Config config, String name, int rank) {
    ConvolutionOptions options = options(config, name, rank);
    if (options.strides().max() > 1 && options.dilationRate().max() > 1) {
      throw config.invalid(
          "dilation_rate",
          "1 where the strides are above 1, which are " + options.strides(),
          options.dilationRate());
    }
    return options;
  }

  private static ConvolutionOptions denseUngrouped(Config config, String name, int rank) {
    requireOneGroup(config);
    return dense(config, name, rank);
  }

  private static ConvolutionOptions ungrouped(Config config, String name, int rank) {
    requireOneGroup(config);
    return options(config, name, rank);
  }

  /** Older versions of Keras list the argument for every layer, but with this value. */
  private static void requireOneGroup(Config config) {
    if (groups(config) != 1) {
      throw config.invalid("groups", "1", groups(config));
    }
  }

  private static ConvolutionOptions options(Config config, String name, int rank) {
    config.refuse("lora_rank", "merge the adapters before saving");
    config.refuse("quantization_config", "save the layer with float weights");
    config.ignore("lora_alpha");
    config.ignoreVariables("kernel", "depthwise", "pointwise", "bias");
    return new ConvolutionOptions(
        name,
        IntTuple.of(config.tuple("kernel_size", rank, null)),
        IntTuple.of(config.tuple("strides", rank, 1)),
        config.choice("padding", Padding.class, Padding.VALID),
        config.choice("data_format", DataFormat.class, DataFormat.CHANNELS_LAST),
        IntTuple.of(config.tuple("dilation_rate", rank, 1)),
        ActivationReader.read(config.get("activation"), config),
        config.flag("use_bias", true));
  }
}
