package org.conv4j.keras;

import org.conv4j.layer.Conv1D;
import org.conv4j.layer.Conv1DTranspose;
import org.conv4j.layer.Conv2D;
import org.conv4j.layer.Conv2DTranspose;
import org.conv4j.layer.Conv3D;
import org.conv4j.layer.Conv3DTranspose;
import org.conv4j.layer.ConvolutionOptions;
import org.conv4j.layer.DepthwiseConv1D;
import org.conv4j.layer.DepthwiseConv2D;
import org.conv4j.layer.Layer;
import org.conv4j.layer.SeparableConv1D;
import org.conv4j.layer.SeparableConv2D;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Padding;

/** Reads the configurations of the convolution layers. */
enum ConvolutionReader implements ClassReader {
  CONV_1D(1, "Conv1D", "Convolution1D") {
    @Override
    public Layer read(Config config, String name) {
      return new Conv1D(filters(config), groups(config), denseOptions(config, name));
    }
  },
  CONV_2D(2, "Conv2D", "Convolution2D") {
    @Override
    public Layer read(Config config, String name) {
      return new Conv2D(filters(config), groups(config), denseOptions(config, name));
    }
  },
  CONV_3D(3, "Conv3D", "Convolution3D") {
    @Override
    public Layer read(Config config, String name) {
      return new Conv3D(filters(config), groups(config), denseOptions(config, name));
    }
  },
  DEPTHWISE_CONV_1D(1, "DepthwiseConv1D") {
    @Override
    public Layer read(Config config, String name) {
      return new DepthwiseConv1D(depthMultiplier(config), options(config, name));
    }
  },
  DEPTHWISE_CONV_2D(2, "DepthwiseConv2D") {
    @Override
    public Layer read(Config config, String name) {
      return new DepthwiseConv2D(depthMultiplier(config), options(config, name));
    }
  },
  SEPARABLE_CONV_1D(1, "SeparableConv1D", "SeparableConvolution1D") {
    @Override
    public Layer read(Config config, String name) {
      return new SeparableConv1D(filters(config), depthMultiplier(config), options(config, name));
    }
  },
  SEPARABLE_CONV_2D(2, "SeparableConv2D", "SeparableConvolution2D") {
    @Override
    public Layer read(Config config, String name) {
      return new SeparableConv2D(filters(config), depthMultiplier(config), options(config, name));
    }
  },
  CONV_1D_TRANSPOSE(1, "Conv1DTranspose", "Convolution1DTranspose") {
    @Override
    public Layer read(Config config, String name) {
      return new Conv1DTranspose(
          filters(config), outputPadding(config), denseOptions(config, name));
    }
  },
  CONV_2D_TRANSPOSE(2, "Conv2DTranspose", "Convolution2DTranspose") {
    @Override
    public Layer read(Config config, String name) {
      return new Conv2DTranspose(
          filters(config), outputPadding(config), denseOptions(config, name));
    }
  },
  CONV_3D_TRANSPOSE(3, "Conv3DTranspose", "Convolution3DTranspose") {
    @Override
    public Layer read(Config config, String name) {
      return new Conv3DTranspose(
          filters(config), outputPadding(config), denseOptions(config, name));
    }
  };

  private final int rank;
  private final String className;
  private final String[] aliases;

  ConvolutionReader(int rank, String className, String... aliases) {
    this.rank = rank;
    this.className = className;
    this.aliases = aliases;
  }

  static void addTo(LayerClasses classes) {
    for (ConvolutionReader reader : values()) {
      classes.add(reader.className, reader, reader.aliases);
    }
  }

  int filters(Config config) {
    return config.number("filters");
  }

  int depthMultiplier(Config config) {
    return config.number("depth_multiplier", 1);
  }

  int groups(Config config) {
    return config.number("groups", 1);
  }

  IntTuple outputPadding(Config config) {
    return config.has("output_padding")
        ? IntTuple.of(config.tuple("output_padding", rank, null))
        : null;
  }

  /** The options of the layers whose strides and dilation Keras does not combine. */
  ConvolutionOptions denseOptions(Config config, String name) {
    ConvolutionOptions options = options(config, name);
    if (options.strides().max() > 1 && options.dilationRate().max() > 1) {
      throw config.invalid(
          "dilation_rate",
          "1 where the strides are above 1, which are " + options.strides(),
          options.dilationRate());
    }
    return options;
  }

  ConvolutionOptions options(Config config, String name) {
    if (this != CONV_1D && this != CONV_2D && this != CONV_3D && groups(config) != 1) {
      // Older versions of Keras list the argument for every layer, but with this value.
      throw config.invalid("groups", "1", groups(config));
    }
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
        ActivationReader.read(config.get("activation"), "Layer '" + name + "'"),
        config.flag("use_bias", true));
  }
}
