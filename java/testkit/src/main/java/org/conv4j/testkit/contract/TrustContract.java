package org.conv4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.error.Conv4jException;
import org.conv4j.layer.Layer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.model.Model;
import org.conv4j.op.Convolution;
import org.conv4j.plan.PlanStep;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.cases.SmallCase;
import org.conv4j.testkit.fuzz.OpFuzzer;
import org.conv4j.weights.Constant;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.Test;

/** Ops, programs and layers of others are computed or refused with an exception of ours. */
abstract class TrustContract extends Contract {
  private static final long CASES = 100;

  TrustContract(EngineContract whole) {
    super(whole);
  }

  @Test
  void opsAndProgramsWithOneThingChangedAreComputedOrRefused() {
    OpFuzzer fuzzer = new OpFuzzer(List.of(engine()), reference());
    int refused = 0;
    for (long seed = 1; seed <= CASES; seed++) {
      refused += fuzzer.run(seed).startsWith("refused") ? 1 : 0;
    }
    assertThat(refused).isBetween(1, (int) CASES - 1);
  }

  @Test
  void aLayerWhoseWeightsAreNotThoseOfItsOpIsRefused() {
    assertRefused(new OwnLayer(Shape.of(3, 3, 1, 16), true));
  }

  @Test
  void aLayerThatForgetsItsBiasIsRefused() {
    assertRefused(new OwnLayer(Shape.of(3, 3, 16, 16), false));
  }

  private void assertRefused(OwnLayer layer) {
    Shape input = Shape.of(1, 8, 8, 16);
    try (Tensor kernel = Tensor.allocate(DataType.FLOAT32, layer.kernel());
        Tensor bias = Tensor.allocate(DataType.FLOAT32, Shape.of(16))) {
      Weights weights = layer.hasBias() ? Weights.of(kernel, bias) : Weights.of(kernel);
      assertThatThrownBy(
              () -> {
                Model model = Model.sequential().add(layer, weights).build();
                model.compile(input, DataType.FLOAT32, engine(), CompileOptions.DEFAULT).close();
              })
          .isInstanceOf(Conv4jException.class)
          .hasMessageContaining("own");
    }
  }

  @Test
  void theStepsOfAClosedPlanCanBeRead() {
    List<PlanStep> steps;
    try (SmallCase small = new SmallCase(engine(), reference())) {
      small.plan.close();
      steps = small.plan.steps();
    }
    assertThat(steps).isNotEmpty();
    assertThat(steps.toString()).isNotEmpty();
  }

  /** A user's convolution of 16 channels and filters with a bias, whatever its weights are. */
  private record OwnLayer(Shape kernel, boolean hasBias) implements Layer {
    @Override
    public String name() {
      return "own";
    }

    @Override
    public List<WeightSpec> weights(List<Shape> inputs) {
      List<WeightSpec> specs = new ArrayList<>(List.of(new WeightSpec("kernel", kernel)));
      if (hasBias) {
        specs.add(new WeightSpec("bias", Shape.of(16)));
      }
      return specs;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.get(0).withDim(1, 6).withDim(2, 6);
    }

    @Override
    public Value lower(Lowering lowering, List<Value> inputs, Weights weights) {
      Shape input = inputs.get(0).shape();
      IntTuple one = IntTuple.of(1, 1);
      IntTuple none = IntTuple.of(0, 0);
      Window window = new Window(IntTuple.of(3, 3), one, one, none, none);
      Convolution op =
          new Convolution(input, outputShape(List.of(input)), window, 1, true, Activation.LINEAR);
      List<Constant> constants = new ArrayList<>(List.of(weights.get("kernel")));
      if (hasBias) {
        constants.add(weights.get("bias"));
      }
      return lowering.append("own", op, inputs.get(0), constants, DataFormat.CHANNELS_LAST);
    }
  }
}
