package org.conv4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Declined;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Fallback;
import org.conv4j.error.EngineUnavailableException;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.layer.activation.Softmax;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.pooling.MaxPooling2D;
import org.conv4j.layer.preprocessing.Rescaling;
import org.conv4j.model.Model;
import org.conv4j.plan.Plan;
import org.conv4j.plan.PlanStep;
import org.conv4j.plan.Session;
import org.conv4j.portable.JavaEngine;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.cases.Outputs;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An engine that knows two ops runs whole models with the help of those that its user allows. */
class EngineChainTest {
  private static final Shape INPUT = Shape.of(2, 9, 8, 3);

  private final Engine twoOps = new TwoOpsEngine();
  private Tensor kernel;
  private Tensor bias;
  private Model model;

  @BeforeEach
  void makeModel() {
    kernel = normal(Shape.of(3, 3, 3, 5), 1);
    bias = normal(Shape.of(5), 2);
    model =
        Model.sequential()
            .add(Conv2D.of(5, 3).name("conv"), Weights.of(kernel, bias))
            .add(MaxPooling2D.of(2).name("pool"), Weights.none())
            .add(
                org.conv4j.layer.activation.Activation.of(Activation.TANH).name("tanh"),
                Weights.none())
            .add(Softmax.of(-1).name("softmax"), Weights.none())
            .add(Rescaling.of(2, 1).name("scale"), Weights.none())
            .build();
  }

  @AfterEach
  void freeWeights() {
    kernel.close();
    bias.close();
  }

  private Plan compile(Fallback fallback) {
    return model.compile(
        INPUT, DataType.FLOAT32, twoOps, CompileOptions.DEFAULT.withFallback(fallback));
  }

  @Test
  void eachStepRunsOnTheFirstEngineThatDoesNotDeclineIt() {
    try (Plan plan = compile(Fallback.listed());
        Plan expected =
            model.compile(INPUT, DataType.FLOAT32, new ReferenceEngine(), CompileOptions.DEFAULT)) {
      assertThat(plan.engine()).isSameAs(twoOps);
      assertThat(plan.steps().stream().map(PlanStep::engine))
          .containsExactly(
              JavaEngine.NAME,
              JavaEngine.NAME,
              TwoOpsEngine.NAME,
              JavaEngine.NAME,
              TwoOpsEngine.NAME);
      assertThat(plan.steps().get(0).declined())
          .containsExactly(new Declined(TwoOpsEngine.NAME, TwoOpsEngine.REASON));
      assertThat(plan.steps().get(2).declined()).isEmpty();
      double[] answer = output(expected);
      double[] bounds = new double[answer.length];
      Arrays.fill(bounds, 1e-6);
      Outputs.assertWithin("the model", output(plan), answer, bounds);
    }
  }

  @Test
  void theUserSaysWhichEnginesMayHelp() {
    try (Plan plan = compile(Fallback.to(ReferenceEngine.NAME, JavaEngine.NAME))) {
      assertThat(plan.steps().get(0).engine()).isEqualTo(ReferenceEngine.NAME);
    }
  }

  @Test
  void withoutHelpAStepThatIsDeclinedIsRefusedWithItsLayerAndTheReason() {
    assertThatThrownBy(() -> compile(Fallback.none()))
        .isInstanceOf(UnsupportedByEngineException.class)
        .hasMessageContaining("Layer 'conv'")
        .hasMessageContaining("Convolution")
        .hasMessageContaining(TwoOpsEngine.NAME + ": " + TwoOpsEngine.REASON);
  }

  @Test
  void aNameThatNoEngineHasIsRefusedEvenIfNobodyNeedsHelp() {
    CompileOptions options = CompileOptions.DEFAULT.withFallback(Fallback.to("abacus"));
    assertThatThrownBy(
            () -> model.compile(INPUT, DataType.FLOAT32, new JavaEngine(), options).close())
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("'abacus'");
  }

  @Test
  void theFirstEngineMustHaveTheDataType() {
    assertThatThrownBy(
            () -> model.compile(INPUT, DataType.FLOAT64, twoOps, CompileOptions.DEFAULT).close())
        .isInstanceOf(UnsupportedByEngineException.class)
        .hasMessageContaining(TwoOpsEngine.NAME);
  }

  private static double[] output(Plan plan) {
    try (Session session = plan.newSession();
        Tensor input = normal(INPUT, 3);
        Tensor output = Tensor.allocate(DataType.FLOAT32, plan.outputShape())) {
      session.run(input, output);
      return output.toDoubleArray();
    }
  }

  private static Tensor normal(Shape shape, long seed) {
    Random random = new Random(seed);
    Tensor tensor = Tensor.allocate(DataType.FLOAT32, shape);
    tensor.transform(ignored -> random.nextGaussian());
    return tensor;
  }
}
