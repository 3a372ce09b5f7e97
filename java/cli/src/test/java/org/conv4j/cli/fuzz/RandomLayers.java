package org.conv4j.cli.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.conv4j.keras.json.ArrayNode;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.ObjectNode;
import org.conv4j.shape.Shape;

/** Random configurations of layers with one input. */
final class RandomLayers {
  private static final String[] ACTIVATIONS = {
    "linear",
    "relu",
    "relu6",
    "elu",
    "selu",
    "gelu",
    "silu",
    "swish",
    "sigmoid",
    "hard_sigmoid",
    "hard_silu",
    "tanh",
    "softplus",
    "softsign",
    "softmax",
    "log_softmax",
    "exponential",
    "leaky_relu",
    "mish",
    "hard_tanh",
    "tanh_shrink",
    "squareplus",
    "celu",
    "glu",
    "threshold",
    "hard_shrink",
    "soft_shrink",
    "sparse_plus",
    "log_sigmoid"
  };

  private static final String[] ANY = {
    "ReLU",
    "LeakyReLU",
    "ELU",
    "PReLU",
    "Softmax",
    "Activation",
    "BatchNormalization",
    "LayerNormalization",
    "GroupNormalization",
    "RMSNormalization",
    "UnitNormalization",
    "Dropout",
    "Flatten",
    "Reshape",
    "Permute",
    "Dense",
    "Identity",
    "Rescaling",
    "Normalization",
    "GaussianNoise",
    "ThresholdedReLU",
    "LayerScale",
    "TimeDistributed",
    "RandomFlip"
  };

  private static final String[] SPATIAL = {
    "Conv%dD",
    "Conv%dD",
    "DepthwiseConv%dD",
    "SeparableConv%dD",
    "Conv%dDTranspose",
    "MaxPooling%dD",
    "AveragePooling%dD",
    "GlobalMaxPooling%dD",
    "GlobalAveragePooling%dD",
    "ZeroPadding%dD",
    "Cropping%dD",
    "UpSampling%dD",
    "SpatialDropout%dD"
  };

  private static final String[] IMAGES = {"Resizing", "CenterCrop"};

  private final Values values;

  RandomLayers(Values values) {
    this.values = values;
  }

  /**
   * A layer for an input of a shape.
   *
   * @param shape null if it is not known
   */
  ObjectNode layer(String name, Shape shape) {
    int rank = shape == null ? values.between(2, 5) : shape.rank();
    int axes = rank - 2;
    boolean spatial = axes >= 1 && axes <= 3 && values.chance(0.6);
    if (values.chance(0.02)) {
      axes = values.between(1, 3);
      spatial = true;
    }
    String className = spatial ? values.of(SPATIAL).formatted(axes) : values.of(ANY);
    if (className.matches("(Depthwise|Separable)Conv3D")) {
      className = "Conv3D";
    }
    if (rank == 4 && values.chance(0.1)) {
      className = values.of(IMAGES);
    }
    if (rank == 2 && values.chance(0.05)) {
      className = "RepeatVector";
    }
    ObjectNode layer = new ObjectNode();
    layer.put("module", "keras.layers");
    layer.put("class_name", className);
    ObjectNode config = layer.putObject("config");
    config.put("name", name);
    arguments(config, className, axes, rank, shape);
    if (values.chance(0.95)) {
      agree(config, shape);
    }
    if (values.chance(0.03)) {
      config.put("dtype", values.of("float64", "float16", "bfloat16", "mixed_float16", "uint8"));
    }
    values.disturb(config);
    layer.put("name", name);
    return layer;
  }

  /** Makes legal what most random arguments are not. */
  private void agree(ObjectNode config, Shape shape) {
    int groups = config.path("groups").asInt(1);
    boolean first = config.path("data_format").asText().equals("channels_first");
    if (config.has("filters") && groups > 1) {
      boolean divides = shape != null && shape.dim(first ? 1 : -1) % groups == 0;
      config.put("groups", divides ? groups : 1);
      config.put("filters", config.get("filters").intValue() * groups);
    }
    for (JsonNode stride : config.path("strides")) {
      if (stride.intValue() > 1 && config.has("dilation_rate")) {
        config.put("dilation_rate", 1);
      }
    }
    if (config.path("strides").intValue() > 1 && config.has("dilation_rate")) {
      config.put("dilation_rate", 1);
    }
    if (config.has("output_padding")) {
      config.putNull("output_padding");
    }
  }

  private void arguments(ObjectNode config, String className, int axes, int rank, Shape shape) {
    if (className.contains("Conv")) {
      convolution(config, className, axes);
    } else if (className.contains("Pooling")) {
      pooling(config, className, axes);
    } else if (className.startsWith("ZeroPadding") || className.startsWith("Cropping")) {
      borders(config, className, axes);
    } else if (className.startsWith("UpSampling")) {
      config.set("size", axes == 1 ? JsonNode.of(2) : values.tuple(axes, 1, 3));
      if (axes == 2) {
        config.put("interpolation", values.of("nearest", "bilinear", "bicubic"));
      }
      if (axes > 1) {
        dataFormat(config);
      }
    } else if (className.startsWith("Spatial")) {
      config.put("rate", 0.5);
    } else {
      others(config, className, rank, shape);
    }
  }

  private void convolution(ObjectNode config, String className, int axes) {
    config.put("filters", values.between(1, 6));
    config.set("kernel_size", values.tuple(axes, 1, 4));
    config.set("strides", values.chance(0.6) ? values.tuple(axes, 1, 1) : values.tuple(axes, 1, 3));
    config.put(
        "padding",
        className.matches("(Separable)?Conv1D") && values.chance(0.4) ? "causal" : padding());
    dataFormat(config);
    config.set("dilation_rate", values.tuple(axes, 1, values.chance(0.2) ? 3 : 1));
    config.put("use_bias", values.random.nextBoolean());
    config.put("activation", values.chance(0.6) ? "linear" : values.of(ACTIVATIONS));
    if (className.startsWith("Depthwise") || className.startsWith("Separable")) {
      config.put("depth_multiplier", values.between(1, 3));
    } else if (className.endsWith("Transpose")) {
      config.set("output_padding", values.chance(0.7) ? JsonNode.NULL : values.tuple(axes, 0, 1));
    } else {
      config.put("groups", values.chance(0.8) ? 1 : values.between(1, 4));
    }
    if (className.startsWith("Depthwise")) {
      config.remove("filters");
    }
  }

  private void pooling(ObjectNode config, String className, int axes) {
    if (className.startsWith("Global")) {
      config.put("keepdims", values.random.nextBoolean());
    } else {
      config.set("pool_size", values.tuple(axes, 1, 3));
      config.set("strides", values.chance(0.4) ? JsonNode.NULL : values.tuple(axes, 1, 3));
      config.put("padding", padding());
    }
    dataFormat(config);
  }

  private void borders(ObjectNode config, String className, int axes) {
    ArrayNode all = new ArrayNode();
    for (int i = 0; i < axes; i++) {
      all.add(values.tuple(2, 0, className.startsWith("Zero") ? 2 : 1));
      if (!all.get(i).isArray()) {
        all.set(i, new ArrayNode().add(all.get(i)).add(all.get(i)));
      }
    }
    config.set(className.startsWith("Zero") ? "padding" : "cropping", axes == 1 ? all.get(0) : all);
    dataFormat(config);
  }

  private void others(ObjectNode config, String className, int rank, Shape shape) {
    switch (className) {
      case "Activation" -> config.put("activation", values.of(ACTIVATIONS));
      case "ReLU" -> {
        config.set("max_value", values.chance(0.5) ? JsonNode.NULL : values.factor());
        config.set("negative_slope", values.factor());
        config.set("threshold", values.factor());
      }
      case "LeakyReLU" -> config.set("negative_slope", values.factor());
      case "ELU" -> config.set("alpha", values.real());
      case "ThresholdedReLU" -> config.set("theta", values.factor());
      case "PReLU" -> config.set("shared_axes", axes(rank, true));
      case "Softmax", "LayerNormalization", "RMSNormalization", "UnitNormalization" ->
          config.set("axis", axes(rank, false));
      case "BatchNormalization" -> {
        config.put("axis", values.chance(0.9) ? -1 : values.between(-rank, rank - 1));
        config.put("center", values.random.nextBoolean());
        config.put("scale", values.random.nextBoolean());
      }
      case "GroupNormalization" -> {
        config.put("groups", shape == null || values.chance(0.1) ? -1 : divisor(shape.dim(-1)));
        config.put("axis", values.chance(0.95) ? -1 : 1);
      }
      case "Normalization" -> {
        config.put("axis", -1);
        config.put("invert", values.chance(0.2));
      }
      case "Rescaling" -> {
        config.set("scale", values.real());
        config.set("offset", values.real());
      }
      case "Dropout" -> config.put("rate", 0.5);
      case "GaussianNoise" -> config.put("stddev", 0.5);
      case "Dense" -> {
        config.put("units", values.between(1, 8));
        config.put("activation", values.chance(0.6) ? "linear" : values.of(ACTIVATIONS));
        config.put("use_bias", values.random.nextBoolean());
      }
      case "LayerScale" -> {
        config.put("init_values", 0.1);
        config.put("projection_dim", shape == null ? 4 : Math.min(shape.dim(-1), 100000));
      }
      case "RepeatVector" -> config.put("n", values.between(1, 4));
      case "Resizing", "CenterCrop" -> {
        config.put("height", values.between(1, 12));
        config.put("width", values.between(1, 12));
        config.put("interpolation", values.of("nearest", "bilinear", "bicubic"));
        config.put("crop_to_aspect_ratio", values.chance(0.2));
        dataFormat(config);
        if (className.equals("CenterCrop")) {
          config.remove(List.of("interpolation", "crop_to_aspect_ratio"));
        }
      }
      case "Permute" -> config.set("dims", permutation(rank));
      case "Reshape" -> config.set("target_shape", target(shape));
      case "TimeDistributed" -> {
        Shape step = shape == null || rank < 3 ? shape : Shape.of(drop(shape.toArray()));
        config.set("layer", layer(config.get("name").asText() + "_step", step));
      }
      default -> {}
    }
  }

  private long divisor(long of) {
    long divisor = values.between(1, 4);
    return of % divisor == 0 ? divisor : 1;
  }

  private static long[] drop(long[] dims) {
    long[] step = new long[dims.length - 1];
    step[0] = dims[0];
    System.arraycopy(dims, 2, step, 1, step.length - 1);
    return step;
  }

  private ArrayNode target(Shape shape) {
    List<Long> dims = new ArrayList<>();
    if (shape != null) {
      for (int i = 1; i < shape.rank(); i++) {
        dims.add(shape.dim(i));
      }
    }
    if (dims.size() > 1 && values.chance(0.7)) {
      long last = dims.remove(dims.size() - 1);
      int at = values.random.nextInt(dims.size());
      dims.set(at, dims.get(at) * last);
    } else if (!dims.isEmpty()) {
      dims.add(values.random.nextInt(dims.size() + 1), 1L);
    }
    if (!dims.isEmpty() && values.chance(0.3)) {
      dims.set(values.random.nextInt(dims.size()), -1L);
    }
    ArrayNode target = new ArrayNode();
    dims.forEach(target::add);
    return target;
  }

  private ArrayNode permutation(int rank) {
    List<Integer> axes = new ArrayList<>();
    for (int i = 1; i < rank; i++) {
      axes.add(i);
    }
    Collections.shuffle(axes, values.random);
    ArrayNode list = new ArrayNode();
    axes.forEach(list::add);
    return list;
  }

  private JsonNode axes(int rank, boolean none) {
    if (none && values.chance(0.4)) {
      return JsonNode.NULL;
    }
    if (values.chance(0.6)) {
      return none ? new ArrayNode().add(1) : JsonNode.of(-1);
    }
    ArrayNode list = new ArrayNode();
    for (int axis = 1; axis < rank; axis++) {
      if (values.random.nextBoolean() || (list.isEmpty() && axis == rank - 1)) {
        list.add(axis);
      }
    }
    return list;
  }

  private String padding() {
    return values.of("valid", "same");
  }

  private void dataFormat(ObjectNode config) {
    config.put("data_format", values.chance(0.85) ? "channels_last" : "channels_first");
  }
}
