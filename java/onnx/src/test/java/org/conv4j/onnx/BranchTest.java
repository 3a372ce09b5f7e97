package org.conv4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conv4j.onnx.Proto.inputs;
import static org.conv4j.onnx.Proto.integers;
import static org.conv4j.onnx.Proto.message;
import static org.conv4j.onnx.Proto.model;
import static org.conv4j.onnx.Proto.node;
import static org.conv4j.onnx.Proto.value;

import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** If with a condition that shapes decide: as PyTorch writes {@code squeeze}. */
class BranchTest {
  private static final int GRAPH = 5;

  private static Proto branch(String name, Proto graph) {
    return message().text(1, name).message(6, graph).number(20, GRAPH);
  }

  private static Proto body(String output, Proto... nodes) {
    Proto graph = message().text(2, "body");
    for (Proto node : nodes) {
      graph.message(1, node);
    }
    return graph.message(12, value(output));
  }

  /** Whether the second extent of x is 1, as "one". */
  private static Proto measured(Proto... nodes) {
    Proto graph =
        message()
            .text(2, "g")
            .message(11, value("x", -1, -1, -1))
            .message(5, integers("axis", 1))
            .message(1, node("Shape", inputs("x"), "shape"))
            .message(1, node("Gather", inputs("shape", "axis"), "extent"))
            .message(1, node("Equal", inputs("extent", "axis"), "one"));
    for (Proto node : nodes) {
      graph.message(1, node);
    }
    return graph.message(12, value("y"));
  }

  private static Proto squeezeOrKeep() {
    return node("If", inputs("one"), "y")
        .message(5, branch("then_branch", body("a", node("Squeeze", inputs("x", "axis"), "a"))))
        .message(5, branch("else_branch", body("b", node("Neg", inputs("x"), "b"))));
  }

  @Test
  void theBranchOfTheShapeIsComputed() {
    byte[] model = model(measured(squeezeOrKeep()));
    Tensor single = Runs.counting(2, 1, 3);
    Tensor several = Runs.counting(2, 2, 3);
    Tensor squeezed = Runs.run(model, single).get(0);
    assertThat(squeezed.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(squeezed.toDoubleArray()).isEqualTo(single.toDoubleArray());
    Tensor kept = Runs.run(model, several).get(0);
    assertThat(kept.shape()).isEqualTo(several.shape());
    assertThat(kept.toDoubleArray()[5]).isEqualTo(-5);
  }

  @Test
  void branchesWithinBranchesAndBehindThem() {
    Proto inner =
        node("If", inputs("one"), "y1")
            .message(5, branch("then_branch", body("a", node("Neg", inputs("x"), "a"))))
            .message(
                5, branch("else_branch", body("b", node("Squeeze", inputs("x", "axis"), "b"))));
    Proto outer =
        node("If", inputs("one"), "z")
            .message(5, branch("then_branch", body("y1", inner)))
            .message(5, branch("else_branch", body("c", node("Abs", inputs("x"), "c"))));
    byte[] model = model(measured(outer, node("Neg", inputs("z"), "y")));
    assertThat(Runs.run(model, Runs.counting(1, 1, 3)).get(0).toDoubleArray())
        .containsExactly(0, 1, 2);
    assertThat(Runs.run(model, Runs.counting(1, 2, 2)).get(0).toDoubleArray())
        .containsExactly(-0.0, -1, -2, -3);
  }

  @Test
  void shapesThatBranchesMakeAreChosen() {
    Proto choice =
        node("If", inputs("one"), "wanted")
            .message(5, branch("then_branch", body("w", node("Neg", inputs("axis"), "w"))))
            .message(5, branch("else_branch", body("s", node("Identity", inputs("shape"), "s"))));
    byte[] model = model(measured(choice, node("Reshape", inputs("x", "wanted"), "y")));
    assertThat(Runs.run(model, Runs.counting(2, 1, 3)).get(0).shape()).isEqualTo(Shape.of(6));
    assertThat(Runs.run(model, Runs.counting(2, 2, 3)).get(0).shape()).isEqualTo(Shape.of(2, 2, 3));
  }
}
