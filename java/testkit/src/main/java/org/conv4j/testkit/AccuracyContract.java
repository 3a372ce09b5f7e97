package org.conv4j.testkit;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.Softmax;
import org.conv4j.engine.CompileOptions;
import org.conv4j.tensor.DataType;

/** On real numbers every engine stays within the error bound, whatever the activation. */
public abstract class AccuracyContract extends EngineContract {
  private static final List<Activation> ACTIVATIONS =
      List.of(
          Activation.LINEAR,
          Activation.RELU,
          Activation.RELU6,
          Activation.LEAKY_RELU,
          new Elementwise.Relu(1.5, 0.1, 0.25),
          Activation.ELU,
          new Elementwise.Elu(0.5),
          Activation.SELU,
          Activation.CELU,
          new Elementwise.Celu(0.5),
          Activation.SIGMOID,
          Activation.HARD_SIGMOID,
          Activation.SPARSE_SIGMOID,
          Activation.LOG_SIGMOID,
          Activation.TANH,
          Activation.HARD_TANH,
          Activation.TANH_SHRINK,
          Activation.HARD_SHRINK,
          Activation.SOFT_SHRINK,
          Activation.SOFTPLUS,
          Activation.SOFTSIGN,
          Activation.SQUAREPLUS,
          Activation.SPARSE_PLUS,
          Activation.SILU,
          Activation.HARD_SILU,
          Activation.GELU,
          Activation.GELU_TANH,
          Activation.EXPONENTIAL,
          Activation.MISH,
          Activation.SOFTMAX,
          Activation.LOG_SOFTMAX,
          new Softmax(1, false));

  private static final List<CompileOptions> OPTIONS =
      List.of(CompileOptions.DEFAULT, CompileOptions.DEFAULT.withExact(true));

  /**
   * Makes the contract of an engine.
   *
   * @param engineName the engine's name
   */
  protected AccuracyContract(String engineName) {
    super(engineName);
  }

  @Property(tries = 600, seed = "20260102", shrinking = ShrinkingMode.OFF)
  void everyActivationStaysWithinTheErrorBound(@ForAll long seed) {
    Random random = new Random(seed);
    Activation activation = ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()));
    LayerCase layerCase = RandomLayers.next(random).withActivation(activation);
    try (CaseData data = CaseData.normal(layerCase, random)) {
      double[] expected = data.run(reference(), DataType.FLOAT64);
      for (DataType dataType : engine().dataTypes()) {
        for (CompileOptions options : OPTIONS) {
          Outputs.assertWithin(
              "%s of %s, %s, seed %d".formatted(layerCase, dataType, options, seed),
              data.run(engine(), dataType, options),
              expected,
              ErrorBound.of(layerCase, data, dataType, options, reference()));
        }
      }
    }
  }
}
