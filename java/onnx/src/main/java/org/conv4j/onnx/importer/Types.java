package org.conv4j.onnx.importer;

import java.util.List;
import org.conv4j.onnx.format.Attribute;
import org.conv4j.onnx.format.TensorType;
import org.conv4j.onnx.shape.NodeInfo;

/** The type of what an operator returns. */
final class Types {
  private Types() {}

  static TensorType result(NodeInfo node, List<TensorType> inputs, int output) {
    TensorType first = inputs.isEmpty() ? TensorType.FLOAT : inputs.get(0);
    return switch (node.operator()) {
      case "Shape", "Size", "NonZero", "ArgMax", "ArgMin" -> TensorType.INT64;
      case "Equal",
          "Less",
          "Greater",
          "LessOrEqual",
          "GreaterOrEqual",
          "And",
          "Or",
          "Xor",
          "Not",
          "IsNaN",
          "IsInf" ->
          TensorType.BOOL;
      case "Cast" -> TensorType.of(node.integer("to", 0));
      case "CastLike", "Where" -> inputs.size() > 1 ? inputs.get(1) : first;
      case "ConstantOfShape" -> {
        Attribute value = node.attributes().get("value");
        yield value == null || value.tensor() == null ? TensorType.FLOAT : value.tensor().type();
      }
      case "EyeLike" -> node.has("dtype") ? TensorType.of(node.integer("dtype", 1)) : first;
      case "MaxPool", "TopK" -> output == 1 ? TensorType.INT64 : first;
      case "Dropout" -> output == 1 ? TensorType.BOOL : first;
      default -> first;
    };
  }
}
