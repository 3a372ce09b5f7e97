package org.conv4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.layer.convolution.ConvolutionLayer;
import org.conv4j.model.Model;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.goldens.Goldens;
import org.conv4j.testkit.goldens.Goldens.Golden;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** An engine gives the answers of Keras. */
abstract class GoldenContract extends Contract {
  /** Keras rounds its own sums and functions too; relative to {@code 1 + |value|}. */
  private static final double FLOAT32_BOUND = 1e-5;

  private static final double FLOAT64_BOUND = 1e-12;

  GoldenContract(EngineContract whole) {
    super(whole);
  }

  @TestFactory
  final Stream<DynamicNode> answersAsKerasDoes() {
    return Goldens.CLASSES.stream()
        .map(
            layerClass -> {
              List<Golden> goldens = Goldens.of(layerClass);
              return DynamicContainer.dynamicContainer(
                  layerClass,
                  goldens.stream()
                      .map(golden -> DynamicTest.dynamicTest(golden.id(), () -> check(golden))));
            });
  }

  private void check(Golden golden) {
    DataType dataType = golden.layer().dataType();
    ConvolutionLayer<?> layer = (ConvolutionLayer<?>) golden.layer().layer();
    if (!engine().dataTypes().contains(dataType)) {
      assertThatThrownBy(() -> run(golden, layer, dataType))
          .isInstanceOf(UnsupportedByEngineException.class)
          .hasMessageContainingAll(engine().name(), dataType.toString(), "reference");
      return;
    }
    double[] expected = golden.output().toDoubleArray();
    double[] actual = run(golden, layer, dataType);
    assertThat(actual).hasSameSizeAs(expected);
    // Inputs and weights have so few bits that sums are exact in any order.
    boolean exact = layer.options().activation() == Activation.LINEAR;
    double bound = dataType == DataType.FLOAT32 ? FLOAT32_BOUND : FLOAT64_BOUND;
    for (int i = 0; i < expected.length; i++) {
      double allowed = exact ? 0 : bound * (1 + Math.abs(expected[i]));
      // A NaN must fail, and loses every comparison.
      if (!(Math.abs(actual[i] - expected[i]) <= allowed)) {
        assertThat(actual[i]).as("element %d of %s", i, golden).isEqualTo(expected[i]);
      }
    }
  }

  private double[] run(Golden golden, ConvolutionLayer<?> layer, DataType dataType) {
    Model model = Model.of(layer, golden.layerWeights());
    CompileOptions exact = CompileOptions.DEFAULT.withExact(true);
    try (Plan plan = model.compile(golden.input().shape(), dataType, engine(), exact);
        Session session = plan.newSession();
        Tensor output = Tensor.allocate(dataType, plan.outputShape())) {
      assertThat(plan.outputShape()).isEqualTo(golden.output().shape());
      session.run(golden.input(), output);
      return output.toDoubleArray();
    }
  }
}
