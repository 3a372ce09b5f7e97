package org.conv4j.keras.layer;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.layer.Layer;
import org.conv4j.layer.MultiInputLayer;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.layer.Wrapper;
import org.conv4j.layer.core.Dense;
import org.conv4j.layer.core.EinsumDense;
import org.conv4j.layer.core.Embedding;
import org.conv4j.layer.core.Identity;
import org.conv4j.layer.core.Masking;
import org.conv4j.layer.core.SpectralNormalization;
import org.conv4j.layer.core.TimeDistributed;
import org.conv4j.shape.IntTuple;
import org.conv4j.weights.WeightSpec;

/** Reads Keras's core layers, and all that return their input when a model is not trained. */
final class CoreReaders implements ClassReader {
  /** The class of layers that are functions of Python. */
  static final String LAMBDA = "Lambda";

  /** Python code that stands in a file, or operations of TensorFlow. */
  static final List<String> CODE =
      List.of(LAMBDA, "TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer");

  /**
   * Layers that act only while a model is trained, with the arguments that say how. RandomCrop is
   * none of them: it always changes the shape.
   */
  private static final String[] AUGMENTATIONS = {
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
    "RandomZoom"
  };

  private CoreReaders() {}

  static void addTo(LayerClasses classes) {
    CoreReaders reader = new CoreReaders();
    classes.add(
        reader,
        "Dense",
        "EinsumDense",
        "Embedding",
        "SpectralNormalization",
        "TimeDistributed",
        "Identity",
        "Masking",
        "Dropout",
        "SpatialDropout1D",
        "SpatialDropout2D",
        "SpatialDropout3D",
        "AlphaDropout",
        "GaussianDropout",
        "GaussianNoise",
        "ActivityRegularization");
    classes.add(reader, AUGMENTATIONS);
    classes.add(reader, CODE.toArray(new String[0]));
  }

  @Override
  public Layer read(String className, Config config, String name) {
    return switch (className) {
      case "Dense" -> dense(config, name);
      case "EinsumDense" -> einsumDense(config, name);
      case "Embedding" -> embedding(config, name);
      case "SpectralNormalization" -> spectralNormalization(config, name);
      case "TimeDistributed" -> timeDistributed(config, name);
      case "Masking" -> new Masking(name, config.real("mask_value", 0));
      case "Identity" -> identity(className, config, name);
      case "GaussianNoise" -> identity(className, config, name, "stddev", "seed");
      case "ActivityRegularization" -> identity(className, config, name, "l1", "l2");
      case "GaussianDropout" -> dropout(className, config, name);
      case "Dropout", "SpatialDropout1D", "AlphaDropout" ->
          dropout(className, config, name, "noise_shape");
      case "SpatialDropout2D", "SpatialDropout3D" ->
          dropout(className, config, name, "noise_shape", "data_format");
      default -> {
        if (CODE.contains(className)) {
          throw new InvalidLayerException(
              config.owner()
                  + ": Python code or TensorFlow's operations in a file cannot be run; replace the"
                  + " layer by Keras's own, or save only the part of the model before it.");
        }
        config.ignoreAll();
        yield new Identity(name, className);
      }
    };
  }

  @Override
  public List<SavedVariables> saved(Layer layer, List<WeightSpec> specs) {
    if (!(layer instanceof Wrapper wrapper)) {
      return SavedVariables.own(specs);
    }
    List<SavedVariables> saved = new ArrayList<>();
    List<WeightSpec> inner = new ArrayList<>(specs);
    if (layer instanceof SpectralNormalization && !specs.isEmpty()) {
      // The kernel is an attribute of both.
      saved.add(SavedVariables.of("", specs.subList(0, 2)));
      inner.remove(1);
    }
    saved.addAll(
        SavedVariables.inside(SavedVariables.WRAPPED, LayerReader.saved(wrapper.layer(), inner)));
    return saved;
  }

  private static Layer dense(Config config, String name) {
    config.refuse("lora_rank", "merge the adapters before saving");
    config.refuse("quantization_config", "save the layer with float weights");
    config.ignore("lora_alpha");
    config.ignoreVariables("kernel", "bias");
    return new Dense(
        name,
        config.number("units"),
        ActivationReader.read(config.get("activation"), config),
        config.flag("use_bias", true));
  }

  private static Layer einsumDense(Config config, String name) {
    config.refuse("lora_rank", "merge the adapters before saving");
    config.refuse("quantization_config", "save the layer with float weights");
    config.ignore("lora_alpha", "gptq_unpacked_column_size");
    config.ignoreVariables("kernel", "bias");
    JsonNode shape = config.get("output_shape");
    List<Integer> dims = new ArrayList<>();
    for (JsonNode dim : shape.isArray() ? shape : List.of(shape)) {
      if (!dim.isNull() && !(dim.canConvertToInt() && dim.isIntegralNumber())) {
        throw config.invalid("output_shape", "a list of whole numbers and null", shape);
      }
      dims.add(dim.isNull() ? 0 : dim.intValue());
    }
    return new EinsumDense(
        name,
        config.text("equation", ""),
        IntTuple.generate(dims.size(), dims::get),
        config.text("bias_axes", ""),
        ActivationReader.read(config.get("activation"), config));
  }

  private static Layer embedding(Config config, String name) {
    config.refuse("lora_rank", "merge the adapters before saving");
    config.refuse("quantization_config", "save the layer with float weights");
    config.ignore("lora_alpha", "input_length");
    config.ignoreVariables("embeddings");
    return new Embedding(
        name,
        config.number("input_dim"),
        config.number("output_dim"),
        config.flag("mask_zero", false));
  }

  private static Layer spectralNormalization(Config config, String name) {
    Layer layer = wrapped(config);
    if (!(layer instanceof SingleInputLayer single)) {
      throw config.invalid("layer", "a layer that takes one input", layer.className());
    }
    config.ignore("power_iterations");
    return new SpectralNormalization(name, single);
  }

  private static Layer wrapped(Config config) {
    try {
      return LayerReader.read(config.get("layer"), config.owner(), config.writer()).layer();
    } catch (InvalidLayerException invalid) {
      throw new InvalidLayerException(config.owner() + ": " + invalid.getMessage(), invalid);
    }
  }

  private static Layer timeDistributed(Config config, String name) {
    Layer layer = wrapped(config);
    if (layer instanceof MultiInputLayer) {
      throw config.invalid("layer", "a layer that takes one input", layer.className());
    }
    return new TimeDistributed(name, layer);
  }

  private static Layer identity(String className, Config config, String name, String... arguments) {
    config.ignore(arguments);
    return new Identity(name, className);
  }

  private static Layer dropout(String className, Config config, String name, String... arguments) {
    double rate = config.real("rate");
    if (!(rate >= 0 && rate <= 1)) {
      throw config.invalid("rate", "from 0 to 1", rate);
    }
    config.ignore("seed");
    return identity(className, config, name, arguments);
  }
}
