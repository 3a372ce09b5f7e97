package org.conv4j.onnx.operator;

import java.util.Arrays;
import java.util.List;
import org.conv4j.lowering.Value;
import org.conv4j.onnx.call.Call;
import org.conv4j.onnx.call.Family;
import org.conv4j.onnx.call.Shapes;
import org.conv4j.onnx.shape.Numbers;
import org.conv4j.shape.Shape;

/** Copies in which some elements or rows, at places that are known, are others. */
final class Scatters implements Family {
  @Override
  public String[] operators() {
    return new String[] {"ScatterElements 11 13 16 18", "ScatterND 11 13 16 18"};
  }

  @Override
  public boolean takesEmpty() {
    return true;
  }

  @Override
  public Value lower(Call call) {
    if (!call.node().text("reduction", "none").equals("none")) {
      throw call.node().invalid("a reduction is not supported");
    }
    Shape shape = call.shape(0);
    Numbers indices = call.numbers(1);
    boolean elements = call.operator().equals("ScatterElements");
    int depth = elements ? shape.rank() : depth(call, indices);
    if (shape.isEmpty() || indices.count() == 0) {
      return call.value(0);
    }
    long row = Shapes.product(shape, depth, shape.rank());
    int[] places =
        elements
            ? Places.elements(call, shape, indices)
            : Places.rows(call, shape, indices, 0, depth);
    int rows = Math.toIntExact(shape.elementCount() / row);
    if (call.shape(2).elementCount() != places.length * row) {
      throw call.node().invalid("its updates do not fit its indices");
    }
    int[] sources = new int[rows];
    Arrays.setAll(sources, i -> i);
    for (int i = 0; i < places.length; i++) {
      sources[places[i]] = rows + i;
    }
    Value old = call.emit().reshape(call.value(0), Shape.of(rows, row));
    Value updates = call.emit().reshape(call.value(2), Shape.of(places.length, row));
    Value both = call.emit().concat(List.of(old, updates), 0);
    return call.emit().reshape(call.emit().gather(both, 0, sources), shape);
  }

  private static int depth(Call call, Numbers indices) {
    long depth = indices.rank() == 0 ? -1 : indices.dims()[indices.rank() - 1];
    if (depth < 1 || depth > call.rank(0)) {
      throw call.node().invalid("its indices do not fit an input of " + call.shape(0));
    }
    return (int) depth;
  }
}
