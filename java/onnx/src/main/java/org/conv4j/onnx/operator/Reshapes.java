package org.conv4j.onnx.operator;

import org.conv4j.lowering.Value;
import org.conv4j.onnx.call.Call;
import org.conv4j.onnx.call.Family;
import org.conv4j.onnx.shape.ShapeRules;
import org.conv4j.shape.Shape;

/** The same elements with other extents. */
final class Reshapes implements Family {
  @Override
  public String[] operators() {
    return new String[] {
      "Flatten 1 9 11 13 21 23 24 25",
      "Reshape 1 5 13 14 19 21 23 24 25",
      "Squeeze 1 11 13 21 23 24 25",
      "Unsqueeze 1 11 13 21 23 24 25",
    };
  }

  @Override
  public boolean takesEmpty() {
    return true;
  }

  @Override
  public Value lower(Call call) {
    long[] dims = call.shape(0).toArray();
    long[] result =
        switch (call.operator()) {
          case "Flatten" -> ShapeRules.flattened(call.node(), dims);
          case "Reshape" -> ShapeRules.reshaped(call.node(), dims, call.integers(1, "shape"));
          case "Squeeze" -> ShapeRules.squeezed(call.node(), dims, call.integers(1, "axes"));
          default -> ShapeRules.unsqueezed(call.node(), dims, call.integers(1, "axes"));
        };
    return call.emit().reshape(call.value(0), Shape.ofElements(result));
  }
}
