package org.conv4j.cli.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.keras.json.ArrayNode;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.ObjectNode;
import org.conv4j.shape.Shape;

/** Random layers with several inputs, and operations with their other arguments. */
final class RandomOperations {
  static final String[] MERGES = {
    "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot"
  };

  private static final String[] ELEMENTWISE = {
    "Absolute",
    "Abs",
    "Celu",
    "Clip",
    "Elu",
    "Exp",
    "Gelu",
    "HardSigmoid",
    "HardSilu",
    "HardTanh",
    "LeakyRelu",
    "Log",
    "LogSigmoid",
    "LogSoftmax",
    "Mish",
    "Negative",
    "Reciprocal",
    "Relu",
    "Relu6",
    "Rsqrt",
    "Selu",
    "Sigmoid",
    "Silu",
    "Softmax",
    "Softplus",
    "Softsign",
    "SparsePlus",
    "SparseSigmoid",
    "Sqrt",
    "Square",
    "Squareplus",
    "Tanh",
    "TanhShrink",
    "StopGradient",
    "Identity"
  };

  private static final String[] SHAPES = {
    "ExpandDims",
    "Flip",
    "GetItem",
    "Moveaxis",
    "Pad",
    "Ravel",
    "Repeat",
    "Reshape",
    "Squeeze",
    "Swapaxes",
    "Tile",
    "Transpose",
    "Split"
  };

  private static final String[] REDUCTIONS = {"Mean", "Sum", "Max", "Min", "Var", "Std"};

  private static final String[] COMBINING = {
    "Add",
    "Subtract",
    "Multiply",
    "Divide",
    "TrueDivide",
    "Maximum",
    "Minimum",
    "Power",
    "Matmul",
    "Concatenate",
    "Stack",
    "Mod",
    "FloorDivide"
  };

  private static final String[] WINDOWS = {"MaxPool", "AveragePool"};

  private final Values values;

  RandomOperations(Values values) {
    this.values = values;
  }

  ObjectNode merge(String name, String className) {
    ObjectNode layer = envelope("keras.layers", className, name);
    ObjectNode config = (ObjectNode) layer.get("config");
    if (className.equals("Concatenate")) {
      config.put("axis", values.chance(0.7) ? -1 : values.between(-3, 4));
    } else if (className.equals("Dot")) {
      config.set("axes", values.tuple(2, 1, 2));
      config.put("normalize", values.random.nextBoolean());
    }
    values.disturb(config);
    return layer;
  }

  /** An operation without its tensors; {@link #keywords} gives the rest of a call. */
  ObjectNode operation(String name) {
    String className =
        values.of(values.of(List.of(ELEMENTWISE, SHAPES, REDUCTIONS, COMBINING, WINDOWS)));
    return envelope("keras.src.ops.numpy", className, name);
  }

  boolean takesTwo(ObjectNode operation) {
    return List.of(COMBINING).contains(operation.get("class_name").asText());
  }

  boolean takesList(ObjectNode operation) {
    return List.of("Concatenate", "Stack").contains(operation.get("class_name").asText());
  }

  /** A number or an array in the place of a tensor. */
  JsonNode constant(Shape shape) {
    if (shape == null || values.chance(0.6)) {
      return values.real();
    }
    ArrayNode last = new ArrayNode();
    for (int i = 0; i < Math.min(shape.dim(-1), 64); i++) {
      last.add(values.random.nextGaussian());
    }
    ObjectNode array = new ObjectNode().put("class_name", "__numpy__");
    JsonNode value = values.random.nextBoolean() ? last : new ArrayNode().add(last);
    array.putObject("config").put("dtype", "float32").set("value", value);
    return array;
  }

  /** What an operation has in its configuration. */
  void configure(ObjectNode operation, Shape shape) {
    ObjectNode config = (ObjectNode) operation.get("config");
    int rank = shape == null ? 4 : shape.rank();
    switch (operation.get("class_name").asText()) {
      case "Clip" -> config.put("x_min", -1).put("x_max", 2);
      case "Concatenate" -> config.put("axis", values.chance(0.7) ? -1 : axis(rank));
      case "ExpandDims", "Squeeze", "Flip", "Stack" ->
          config.put("axis", values.chance(0.7) ? values.between(1, rank - 1) : axis(rank));
      case "Repeat" -> config.put("repeats", values.between(1, 3)).put("axis", axis(rank));
      case "Tile" -> config.set("repeats", values.tuple(rank, 1, 2));
      case "Moveaxis" -> config.put("source", axis(rank)).put("destination", axis(rank));
      case "Swapaxes" -> config.put("axis1", axis(rank)).put("axis2", axis(rank));
      case "Transpose" -> config.set("axes", transposed(rank));
      case "Reshape" -> config.set("newshape", new ArrayNode().add(-1).add(2));
      case "Pad" -> config.set("pad_width", new ArrayNode().add(1).add(1));
      case "Split" -> config.put("indices_or_sections", 2).put("axis", axis(rank));
      case "Mean", "Sum", "Max", "Min", "Var", "Std" -> {
        config.set("axis", values.chance(0.5) ? values.tuple(2, 1, rank) : JsonNode.of(-1));
        config.put("keepdims", values.random.nextBoolean());
      }
      case "MaxPool", "AveragePool" ->
          config.put("pool_size", 2).put("strides", 2).put("padding", "same");
      default -> {}
    }
    values.disturb(config);
  }

  /** The item that GetItem takes. */
  JsonNode key(int rank) {
    ArrayNode key = new ArrayNode();
    for (int i = 0; i < values.between(1, rank); i++) {
      if (i > 0 && values.chance(0.3)) {
        key.add(values.between(-2, 2));
        continue;
      }
      ObjectNode slice = new ObjectNode().put("class_name", "__slice__");
      ObjectNode range = slice.putObject("config");
      range.set("start", bound());
      range.set("stop", bound());
      range.set("step", values.chance(0.7) ? JsonNode.NULL : values.tuple(1, -2, 2));
      key.add(slice);
    }
    return key;
  }

  private JsonNode bound() {
    return values.chance(0.5) ? JsonNode.NULL : JsonNode.of(values.between(-3, 4));
  }

  private int axis(int rank) {
    return values.between(-rank, rank - 1);
  }

  private ArrayNode transposed(int rank) {
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      axes.add(i == 0 ? 0 : values.between(1, i), i);
    }
    ArrayNode order = new ArrayNode();
    axes.forEach(order::add);
    return order;
  }

  private static ObjectNode envelope(String module, String className, String name) {
    ObjectNode layer = new ObjectNode();
    layer.put("module", module).put("class_name", className);
    layer.putObject("config").put("name", name);
    layer.put("name", name);
    return layer;
  }
}
