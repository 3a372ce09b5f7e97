package org.conv4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.conv4j.onnx.Proto.graph;
import static org.conv4j.onnx.Proto.inputs;
import static org.conv4j.onnx.Proto.integers;
import static org.conv4j.onnx.Proto.model;
import static org.conv4j.onnx.Proto.node;
import static org.conv4j.onnx.Proto.value;

import java.util.List;
import org.conv4j.error.Conv4jException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Tensors with extents of 0, at the border of a model and within. */
class EmptyTensorTest {
  private static final Tensor INPUT = Runs.counting(1, 2, 4, 4);

  /** The first channels of x, which are none, and all others. */
  private static Proto split() {
    return node("Split", inputs("x", "sizes"), "none", "all").message(5, axis(1));
  }

  private static Proto axis(long axis) {
    return Proto.message().text(1, "axis").number(3, axis).number(20, 2);
  }

  private static byte[] splitModel(Proto... nodes) {
    Proto graph = graph(split()).message(5, integers("sizes", 0, 2));
    for (Proto node : nodes) {
      graph.message(1, node);
    }
    return model(graph);
  }

  @Test
  void aModelReturnsTensorsWithAndWithoutElements() {
    byte[] model = splitModel(node("Relu", inputs("all"), "y"));
    byte[] both =
        model(
            graph(split(), node("Relu", inputs("all"), "y"))
                .message(12, value("none"))
                .message(5, integers("sizes", 0, 2)));
    assertThat(Runs.run(model, INPUT).get(0).toDoubleArray()).isEqualTo(INPUT.toDoubleArray());
    List<Tensor> outputs = Runs.run(both, INPUT);
    assertThat(outputs.get(0).toDoubleArray()).isEqualTo(INPUT.toDoubleArray());
    assertThat(outputs.get(1).shape()).isEqualTo(Shape.ofElements(1, 0, 4, 4));
  }

  @Test
  void whatHasNoElementsAddsNone() {
    byte[] model =
        splitModel(
            node("Exp", inputs("none"), "powers"),
            node("Concat", inputs("all", "powers"), "y").message(5, axis(1)));
    assertThat(Runs.run(model, INPUT).get(0).toDoubleArray()).isEqualTo(INPUT.toDoubleArray());
  }

  @Test
  void theSumOfNothingIsZero() {
    byte[] model =
        splitModel(node("ReduceSum", inputs("none"), "sum"), node("Add", inputs("sum", "x"), "y"));
    assertThat(Runs.run(model, INPUT).get(0).toDoubleArray()).isEqualTo(INPUT.toDoubleArray());
  }

  @Test
  void anInputMayBeEmptyAlongAnyAxis() {
    byte[] model =
        model(
            Proto.message()
                .text(2, "g")
                .message(11, value("x", -1, -1))
                .message(1, node("ReduceMax", inputs("x"), "m").message(5, axes(1)))
                .message(1, node("Neg", inputs("m"), "y"))
                .message(12, value("y")));
    assertThat(Runs.run(model, Runs.counting(2, 0)).get(0).toDoubleArray())
        .containsExactly(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    assertThat(Runs.run(model, Runs.counting(0, 3)).get(0).shape())
        .isEqualTo(Shape.ofElements(0, 1));
    assertThat(Runs.run(model, Runs.counting(2, 3)).get(0).toDoubleArray()).containsExactly(-2, -5);
  }

  private static Proto axes(long axis) {
    return Proto.message().text(1, "axes").number(8, axis).number(20, 7);
  }

  @Test
  void opsThatNeedElementsSaySo() {
    byte[] model = splitModel(node("LpNormalization", inputs("none"), "y"));
    assertThatThrownBy(() -> Runs.run(model, INPUT))
        .isInstanceOf(Conv4jException.class)
        .hasMessageContaining("LpNormalization");
  }
}
