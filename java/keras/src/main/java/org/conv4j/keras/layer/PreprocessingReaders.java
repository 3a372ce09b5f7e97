package org.conv4j.keras.layer;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.function.ResizeCoordinates;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.writer.Writer;
import org.conv4j.layer.Interpolation;
import org.conv4j.layer.Layer;
import org.conv4j.layer.preprocessing.CenterCrop;
import org.conv4j.layer.preprocessing.Moments;
import org.conv4j.layer.preprocessing.Normalization;
import org.conv4j.layer.preprocessing.Rescaling;
import org.conv4j.layer.preprocessing.Resizing;
import org.conv4j.layer.preprocessing.Resizing.Aspect;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/** Reads Keras's layers that prepare numbers and images. */
public final class PreprocessingReaders implements ClassReader {
  private PreprocessingReaders() {}

  static void addTo(LayerClasses classes) {
    classes.add(new PreprocessingReaders(), "Rescaling", "Normalization", "Resizing", "CenterCrop");
  }

  @Override
  public Layer read(String className, Config config, String name) {
    return switch (className) {
      case "Rescaling" ->
          new Rescaling(name, config.reals("scale", null), config.reals("offset", 0.0));
      case "Normalization" -> normalization(config, name);
      case "Resizing" -> resizing(config, name);
      case "CenterCrop" -> centerCrop(config, name);
      default -> throw new AssertionError(className);
    };
  }

  private static Layer normalization(Config config, String name) {
    boolean none = config.get("axis").isNull();
    IntTuple axes = none ? IntTuple.of() : config.axes("axis", IntTuple.of(-1));
    return new Normalization(name, axes, moments(config), config.flag("invert", false));
  }

  private static Moments moments(Config config) {
    if (config.has("mean") != config.has("variance")) {
      throw config.invalid("mean", "given together with variance", config.get("mean"));
    }
    if (!config.has("mean")) {
      return null;
    }
    List<Double> mean = new ArrayList<>();
    List<Double> variance = new ArrayList<>();
    List<Long> shape = numbers(config, "mean", config.get("mean"), mean);
    if (!shape.equals(numbers(config, "variance", config.get("variance"), variance))) {
      throw config.invalid("variance", "of the shape of mean", config.get("variance"));
    }
    long[] dims = shape.stream().mapToLong(Long::longValue).toArray();
    return new Moments(Shape.of(dims), mean, variance);
  }

  /** Appends the numbers of nested lists, and returns the lists' sizes. */
  private static List<Long> numbers(
      Config config, String argument, JsonNode node, List<Double> target) {
    if (node.isNumber()) {
      target.add(node.doubleValue());
      return List.of();
    }
    if (!node.isArray() || node.isEmpty()) {
      throw config.invalid(argument, "a number, or lists of equal size", config.get(argument));
    }
    List<Long> inner = numbers(config, argument, node.get(0), target);
    for (int i = 1; i < node.size(); i++) {
      if (!numbers(config, argument, node.get(i), target).equals(inner)) {
        throw config.invalid(argument, "a number, or lists of equal size", config.get(argument));
      }
    }
    List<Long> shape = new ArrayList<>(List.of((long) node.size()));
    shape.addAll(inner);
    return shape;
  }

  private static Layer resizing(Config config, String name) {
    return resizing(config, name, config.number("height"), config.number("width"));
  }

  /** What the layer Resizing and the operation Resize have in common. */
  public static Layer resizing(Config config, String name, int height, int width) {
    boolean crop = config.flag("crop_to_aspect_ratio", false);
    boolean pad = config.flag("pad_to_aspect_ratio", false);
    if (crop && pad) {
      throw config.invalid("pad_to_aspect_ratio", "false where crop_to_aspect_ratio is true", pad);
    }
    if (config.flag("antialias", false)) {
      throw config.invalid("antialias", "false", true);
    }
    if (!config.text("fill_mode", "constant").equals("constant")) {
      throw config.invalid("fill_mode", "constant", config.get("fill_mode"));
    }
    return new Resizing(
        name,
        height,
        width,
        config.choice("interpolation", Interpolation.class, Interpolation.BILINEAR),
        coordinates(config.writer(), crop),
        aspect(config.writer(), crop, pad),
        config.real("fill_value", 0),
        config.choice("data_format", DataFormat.class, DataFormat.CHANNELS_LAST));
  }

  /** TensorFlow.js never crops, whatever it is asked for. */
  private static Aspect aspect(Writer writer, boolean crop, boolean pad) {
    if (crop && writer != Writer.TFJS) {
      return Aspect.CROP;
    }
    return pad ? Aspect.PAD : Aspect.STRETCH;
  }

  /** TensorFlow.js aligns the corners, unless it is asked to crop. */
  private static ResizeCoordinates coordinates(Writer writer, boolean crop) {
    if (writer != Writer.TFJS) {
      return ResizeCoordinates.HALF_PIXEL;
    }
    return crop ? ResizeCoordinates.ASYMMETRIC : ResizeCoordinates.ALIGN_CORNERS;
  }

  private static Layer centerCrop(Config config, String name) {
    return new CenterCrop(
        name,
        config.number("height"),
        config.number("width"),
        config.choice("data_format", DataFormat.class, DataFormat.CHANNELS_LAST));
  }
}
