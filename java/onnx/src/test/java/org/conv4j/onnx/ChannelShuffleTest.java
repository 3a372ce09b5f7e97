package org.conv4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conv4j.onnx.Proto.inputs;
import static org.conv4j.onnx.Proto.integers;
import static org.conv4j.onnx.Proto.message;
import static org.conv4j.onnx.Proto.model;
import static org.conv4j.onnx.Proto.node;
import static org.conv4j.onnx.Proto.value;

import java.util.List;
import org.conv4j.limit.Limits;
import org.conv4j.lowering.Step;
import org.conv4j.op.Permute;
import org.conv4j.optimize.Optimizer;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Reshape, Transpose and Reshape between poolings, which keep channels last. */
class ChannelShuffleTest {
  private static final Shape INPUT = Shape.of(1, 6, 2, 2);

  private static Proto ints(String name, long... numbers) {
    Proto attribute = message().text(1, name);
    for (long number : numbers) {
      attribute.number(8, number);
    }
    return attribute.number(20, 7);
  }

  private static Proto pool(String from, String to) {
    return node("MaxPool", inputs(from), to).message(5, ints("kernel_shape", 1, 1));
  }

  /** Two groups of three channels. */
  private static byte[] shuffle(long... order) {
    return model(
        message()
            .text(2, "g")
            .message(11, value("x", 1, 6, 2, 2))
            .message(5, integers("apart", 1, 2, 3, 2, 2))
            .message(5, integers("joined", 1, 6, 2, 2))
            .message(1, pool("x", "p"))
            .message(1, node("Reshape", inputs("p", "apart"), "a"))
            .message(1, node("Transpose", inputs("a"), "t").message(5, ints("perm", order)))
            .message(1, node("Reshape", inputs("t", "joined"), "j"))
            .message(1, pool("j", "y"))
            .message(12, value("y")));
  }

  @Test
  void everySecondChannelComesFromTheSecondGroup() {
    Tensor output = Runs.run(shuffle(0, 2, 1, 3, 4), Runs.counting(1, 6, 2, 2)).get(0);
    double[] channels = new double[6];
    java.util.Arrays.setAll(channels, i -> output.toDoubleArray()[4 * i] / 4);
    assertThat(channels).containsExactly(0, 3, 1, 4, 2, 5);
  }

  @Test
  void oneOpShufflesAndOneIsAtEachBorder() {
    assertThat(permutes(shuffle(0, 2, 1, 3, 4))).isEqualTo(3);
  }

  @Test
  void otherOrdersAreWhatTheyAre() {
    Tensor output = Runs.run(shuffle(0, 2, 1, 4, 3), Runs.counting(1, 6, 2, 2)).get(0);
    assertThat(output.toDoubleArray()).startsWith(0, 2, 1, 3, 12, 14, 13, 15);
  }

  private static long permutes(byte[] model) {
    try (OnnxModel loaded = OnnxModels.load(model, "test.onnx", Limits.DEFAULT)) {
      List<Step> steps = Optimizer.optimize(loaded.model().lower(List.of(INPUT))).steps();
      return steps.stream().filter(step -> step.op() instanceof Permute).count();
    }
  }
}
