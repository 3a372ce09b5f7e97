package org.conv4j.onnx.importer;

import org.conv4j.onnx.format.Attribute;
import org.conv4j.onnx.format.GraphNode;
import org.conv4j.onnx.format.TensorData;
import org.conv4j.onnx.format.TensorType;
import org.conv4j.onnx.shape.Known;
import org.conv4j.onnx.shape.Numbers;

/** What nodes of the operator Constant stand for. */
final class ConstantNodes {
  private ConstantNodes() {}

  /** The value, or null if it is none that can be computed with. */
  static Operand value(GraphNode node) {
    for (Attribute value : node.attributes().values()) {
      switch (value.name()) {
        case "value" -> {
          if (value.tensor() != null) {
            return new Operand.Stored(named(value.tensor(), node));
          }
        }
        case "value_float" -> {
          return real(new long[0], value.real());
        }
        case "value_floats" -> {
          double[] reals = new double[value.reals().length];
          for (int i = 0; i < reals.length; i++) {
            reals[i] = value.reals()[i];
          }
          return real(new long[] {reals.length}, reals);
        }
        case "value_int" -> {
          long[] number = {value.number()};
          return known(Numbers.of(TensorType.INT64, new long[0], number));
        }
        case "value_ints" -> {
          return known(Numbers.vector(value.numbers()));
        }
        default -> {}
      }
    }
    return null;
  }

  private static TensorData named(TensorData data, GraphNode node) {
    String name = node.outputs().isEmpty() ? node.name() : node.outputs().get(0);
    return new TensorData(
        name,
        data.type(),
        data.dims(),
        data.file(),
        data.begin(),
        data.end(),
        data.raw(),
        data.rawLength(),
        data.external());
  }

  private static Operand real(long[] dims, double... reals) {
    return known(Numbers.of(TensorType.FLOAT, dims, reals));
  }

  private static Operand known(Numbers numbers) {
    return new Operand.Expression(Known.of(numbers));
  }
}
