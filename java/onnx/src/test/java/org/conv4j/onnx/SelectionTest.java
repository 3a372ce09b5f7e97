package org.conv4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conv4j.onnx.Proto.inputs;
import static org.conv4j.onnx.Proto.integers;
import static org.conv4j.onnx.Proto.message;
import static org.conv4j.onnx.Proto.model;
import static org.conv4j.onnx.Proto.node;
import static org.conv4j.onnx.Proto.tensor;
import static org.conv4j.onnx.Proto.value;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Operators that pick and replace elements. */
class SelectionTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private static Proto graph(Proto... nodes) {
    Proto graph = message().text(2, "g").message(11, value("x", -1, -1));
    for (Proto node : nodes) {
      graph.message(1, node);
    }
    return graph.message(12, value("y"));
  }

  private static Tensor tensorOf(long rows, double... numbers) {
    Shape shape = Shape.of(rows, numbers.length / rows);
    return Tensor.allocate(DataType.FLOAT32, shape).copyFrom(numbers);
  }

  private static Proto flag(String name, long value) {
    return message().text(1, name).number(3, value).number(20, 2);
  }

  @Test
  void theLargestComeInOrderAndEqualOnesByPlace() {
    byte[] model =
        model(
            graph(node("TopK", inputs("x", "k"), "y", "i"))
                .message(12, value("i"))
                .message(5, integers("k", 3)));
    List<Tensor> found =
        Runs.run(
            model,
            tensorOf(3, 1, 4, 4, 2, -INFINITE, -INFINITE, -INFINITE, 0, INFINITE, 1, INFINITE, 7));
    assertThat(found.get(0).toDoubleArray())
        .containsExactly(4, 4, 2, 0, -INFINITE, -INFINITE, INFINITE, INFINITE, 7);
    assertThat(found.get(1).toDoubleArray()).containsExactly(1, 2, 3, 3, 0, 1, 0, 2, 3);
  }

  @Test
  void theSmallestAlongAnotherAxis() {
    byte[] model =
        model(
            graph(
                    node("TopK", inputs("x", "k"), "y")
                        .message(5, flag("largest", 0))
                        .message(5, flag("axis", 0)))
                .message(5, integers("k", 1)));
    assertThat(Runs.run(model, tensorOf(2, 3, 4, 1, 9)).get(0).toDoubleArray())
        .containsExactly(1, 4);
  }

  @Test
  void trianglesReplaceInfinities() {
    byte[] upper = model(graph(node("Trilu", inputs("x"), "y")));
    byte[] lower =
        model(
            graph(node("Trilu", inputs("x", "k"), "y").message(5, flag("upper", 0)))
                .message(5, integers("k", -1)));
    Tensor square = tensorOf(2, 1, INFINITE, INFINITE, 4);
    assertThat(Runs.run(upper, square).get(0).toDoubleArray()).containsExactly(1, INFINITE, 0, 4);
    assertThat(Runs.run(lower, square).get(0).toDoubleArray()).containsExactly(0, 0, INFINITE, 0);
  }

  @Test
  void rowsAtKnownPlacesAreReplaced() {
    ByteBuffer rows = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    rows.putLong(2).putLong(0);
    byte[] model =
        model(
            graph(
                    node("Neg", inputs("x"), "negative"),
                    node("Slice", inputs("negative", "from", "to"), "two"),
                    node("ScatterND", inputs("x", "rows", "two"), "y"))
                .message(5, integers("from", 0))
                .message(5, integers("to", 2))
                .message(5, tensor("rows", 7, 2, 1).bytes(9, rows.array())));
    assertThat(Runs.run(model, Runs.counting(3, 2)).get(0).toDoubleArray())
        .containsExactly(-2, -3, 2, 3, -0.0, -1);
  }
}
