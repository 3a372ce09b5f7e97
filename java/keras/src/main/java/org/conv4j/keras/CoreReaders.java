package org.conv4j.keras;

import java.util.List;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.layer.Layer;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.layer.core.Dense;
import org.conv4j.layer.core.Identity;
import org.conv4j.layer.core.TimeDistributed;

/** Reads Keras's core layers, and all that return their input when a model is not trained. */
final class CoreReaders {
  /** Python code that stands in a file, or operations of TensorFlow. */
  private static final List<String> CODE =
      List.of("Lambda", "TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer");

  /**
   * Layers that act only while a model is trained, with the arguments that say how. RandomCrop is
   * none of them: it always changes the shape.
   */
  private static final List<String> AUGMENTATIONS =
      List.of(
          "RandomBrightness",
          "RandomColorDegeneration",
          "RandomColorJitter",
          "RandomContrast",
          "RandomElasticTransform",
          "RandomErasing",
          "RandomFlip",
          "RandomGaussianBlur",
          "RandomGrayscale",
          "RandomHeight",
          "RandomHue",
          "RandomInvert",
          "RandomPerspective",
          "RandomPosterization",
          "RandomRotation",
          "RandomSaturation",
          "RandomSharpness",
          "RandomShear",
          "RandomTranslation",
          "RandomWidth",
          "RandomZoom");

  private CoreReaders() {}

  static void addTo(LayerClasses classes) {
    classes.add("Dense", CoreReaders::dense);
    classes.add("TimeDistributed", CoreReaders::timeDistributed);
    classes.add("Identity", identity("Identity"));
    classes.add("Dropout", dropout("Dropout", "noise_shape"));
    classes.add("SpatialDropout1D", dropout("SpatialDropout1D", "noise_shape"));
    classes.add("SpatialDropout2D", dropout("SpatialDropout2D", "noise_shape", "data_format"));
    classes.add("SpatialDropout3D", dropout("SpatialDropout3D", "noise_shape", "data_format"));
    classes.add("AlphaDropout", dropout("AlphaDropout", "noise_shape"));
    classes.add("GaussianDropout", dropout("GaussianDropout"));
    classes.add("GaussianNoise", identity("GaussianNoise", "stddev", "seed"));
    classes.add("ActivityRegularization", identity("ActivityRegularization", "l1", "l2"));
    for (String augmentation : AUGMENTATIONS) {
      classes.add(augmentation, augmentation(augmentation));
    }
    for (String code : CODE) {
      classes.add(code, CoreReaders::refuse);
    }
  }

  private static Layer dense(Config config, String name) {
    config.refuse("lora_rank", "merge the adapters before saving");
    config.refuse("quantization_config", "save the layer with float weights");
    config.ignore("lora_alpha");
    config.ignoreVariables("kernel", "bias");
    return new Dense(
        name,
        config.number("units"),
        ActivationReader.read(config.get("activation"), config.owner()),
        config.flag("use_bias", true));
  }

  private static Layer timeDistributed(Config config, String name) {
    Layer layer = LayerReader.read(config.get("layer"), config.owner()).layer();
    if (!(layer instanceof SingleInputLayer single)) {
      throw config.invalid("layer", "a layer that takes one input", layer.className());
    }
    return new TimeDistributed(name, single);
  }

  private static ClassReader identity(String className, String... arguments) {
    return (config, name) -> {
      config.ignore(arguments);
      return new Identity(name, className);
    };
  }

  private static ClassReader dropout(String className, String... arguments) {
    return (config, name) -> {
      double rate = config.real("rate");
      if (!(rate >= 0 && rate <= 1)) {
        throw config.invalid("rate", "from 0 to 1", rate);
      }
      config.ignore("seed");
      config.ignore(arguments);
      return new Identity(name, className);
    };
  }

  private static ClassReader augmentation(String className) {
    return (config, name) -> {
      config.ignoreAll();
      return new Identity(name, className);
    };
  }

  private static Layer refuse(Config config, String name) {
    throw new InvalidLayerException(
        config.owner()
            + ": a layer made of Python code or TensorFlow operations cannot be run;"
            + " replace it by Keras's layers.");
  }
}
