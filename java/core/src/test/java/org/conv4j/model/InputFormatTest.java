package org.conv4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.conv4j.shape.DataFormat.CHANNELS_FIRST;
import static org.conv4j.shape.DataFormat.CHANNELS_LAST;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.activation.ReLU;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.core.Dense;
import org.conv4j.op.Permute;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.Test;

/** Models that take their inputs in another format than they were made for. */
class InputFormatTest {
  private static final Shape LAST = Shape.of(2, 4, 5, 3);
  private static final Shape FIRST = Shape.of(2, 3, 4, 5);

  private static Model model(Tensor kernel, Tensor matrix) {
    FunctionalBuilder builder = Model.functional();
    SymbolicTensor image = builder.input("image", -1, 4, -1, kernel.shape().dim(2));
    SymbolicTensor numbers = builder.input("numbers", -1, 2);
    return builder.build(
        builder.apply(
            Conv2D.of(2, 2).useBias(false).name("image_permute"), Weights.of(kernel), image),
        builder.apply(Dense.of(2).useBias(false), Weights.of(matrix), numbers));
  }

  @Test
  void theAnswersAreTheSame() {
    double[] elements = new Random(1).doubles(120).toArray();
    try (Tensor kernel = random(Shape.of(2, 2, 3, 2));
        Tensor matrix = random(Shape.of(2, 2));
        Tensor last = Tensor.allocate(DataType.FLOAT32, LAST).copyFrom(elements);
        Tensor first = Tensor.allocate(DataType.FLOAT32, FIRST);
        Tensor numbers = random(Shape.of(2, 2))) {
      for (int i = 0; i < 120; i++) {
        int pixel = i / 3 % 20;
        first.write((i / 60 * 3 + i % 3) * 20 + pixel, new double[] {elements[i]}, 0, 1);
      }
      Model model = model(kernel, matrix);
      Model turned = model.withInputFormat(CHANNELS_LAST, CHANNELS_FIRST);
      assertThat(turned.inputs().get(0).format()).isEqualTo("(None, 3, 4, None)");
      assertThat(turned.inputs().get(1)).isEqualTo(model.inputs().get(1));
      assertThat(turned.outputNames()).isEqualTo(model.outputNames());
      assertThat(run(turned, first, numbers)).isEqualTo(run(model, last, numbers));
      Model back = turned.withInputFormat(CHANNELS_FIRST, CHANNELS_LAST);
      assertThat(back.inputs()).isEqualTo(model.inputs());
      assertThat(run(back, last, numbers)).isEqualTo(run(model, last, numbers));
    }
  }

  @Test
  void oneChannelTurnsWithoutACopy() {
    try (Tensor kernel = random(Shape.of(2, 2, 1, 2));
        Tensor matrix = random(Shape.of(2, 2));
        Plan plan =
            model(kernel, matrix)
                .withInputFormat(CHANNELS_LAST, CHANNELS_FIRST)
                .compile(
                    List.of(Shape.of(1, 1, 4, 5), Shape.of(1, 2)),
                    DataType.FLOAT32,
                    Engines.byName("java"),
                    CompileOptions.DEFAULT)) {
      assertThat(plan.steps()).noneMatch(step -> step.op() instanceof Permute);
    }
  }

  @Test
  void theSameFormatIsTheSameModel() {
    Model model = Model.of(ReLU.of(), Weights.none());
    assertThat(model.withInputFormat(CHANNELS_FIRST, CHANNELS_FIRST)).isSameAs(model);
    assertThatThrownBy(() -> model.withInputFormat(CHANNELS_LAST, CHANNELS_FIRST))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("is not known");
  }

  private static Tensor random(Shape shape) {
    return Tensor.allocate(DataType.FLOAT32, shape)
        .copyFrom(new Random(3).doubles(shape.elementCount()).toArray());
  }

  private static List<List<Double>> run(Model model, Tensor... inputs) {
    try (Plan plan =
            model.compile(
                List.of(inputs[0].shape(), inputs[1].shape()),
                DataType.FLOAT32,
                Engines.byName("java"),
                CompileOptions.DEFAULT);
        Session session = plan.newSession();
        Tensor first = Tensor.allocate(DataType.FLOAT32, plan.outputShapes().get(0));
        Tensor second = Tensor.allocate(DataType.FLOAT32, plan.outputShapes().get(1))) {
      session.run(inputs, new Tensor[] {first, second});
      return List.of(
          Arrays.stream(first.toDoubleArray()).boxed().toList(),
          Arrays.stream(second.toDoubleArray()).boxed().toList());
    }
  }
}
