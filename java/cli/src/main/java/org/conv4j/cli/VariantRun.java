package org.conv4j.cli;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Plan;
import org.conv4j.layer.WeightSpec;
import org.conv4j.layer.Weights;
import org.conv4j.model.Model;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * What came out of running one variant on several engines.
 *
 * @param variant the variant
 * @param outputShape the shape of its output
 * @param implementation how the first engine ran it
 * @param maxError the largest difference between the first engine and the last, divided by the
 *     largest magnitude of the last one's output
 * @param flops the operations of one run
 * @param seconds the time of one run by engine, in the order of the engines
 */
record VariantRun(
    Variant variant,
    Shape outputShape,
    String implementation,
    double maxError,
    long flops,
    Map<String, Double> seconds) {
  private static final double NATIVE_BUDGET_SECONDS = 0.15;

  /** Runs a variant on engines; the last one is the one to agree with. */
  static VariantRun of(
      Variant variant, List<Engine> engines, DataType dataType, CompileOptions options) {
    Random random = new Random(variant.name().hashCode());
    Map<String, Tensor> weights = new HashMap<>();
    for (WeightSpec spec : variant.layer().weights(variant.input())) {
      weights.put(spec.name(), gaussian(dataType, spec.shape(), random));
    }
    Map<String, Double> seconds = new LinkedHashMap<>();
    Plan first = null;
    double[] firstOutput = null;
    double[] lastOutput = null;
    try (TensorSet owned = new TensorSet(weights);
        Tensor input = gaussian(dataType, variant.input(), random)) {
      Model model = Model.of(variant.layer(), Weights.of(owned.tensors()));
      giveOutputsUnitVariance(model, variant, owned);
      for (Engine engine : engines) {
        Plan plan = model.compile(variant.input(), dataType, engine, options);
        try (Tensor output = Tensor.allocate(dataType, plan.outputShape())) {
          seconds.put(
              engine.name(), Timing.secondsPerRun(plan, input, output, NATIVE_BUDGET_SECONDS));
          lastOutput = output.toDoubleArray();
        } finally {
          if (first != null) {
            plan.close();
          }
        }
        if (first == null) {
          first = plan;
          firstOutput = lastOutput;
        }
      }
      return new VariantRun(
          variant,
          first.outputShape(),
          Implementations.of(first),
          relativeError(firstOutput, lastOutput),
          first.flops(),
          seconds);
    } finally {
      if (first != null) {
        first.close();
      }
    }
  }

  double gigaflopsPerSecond() {
    return flops / seconds.values().iterator().next() * 1e-9;
  }

  /** Networks are trained to have such outputs, on which activations act as they should. */
  private static void giveOutputsUnitVariance(Model model, Variant variant, TensorSet weights) {
    double outputs = model.outputShape(variant.input()).elementCount();
    double termsPerOutput = model.lower(variant.input()).flops() / 2.0 / outputs;
    weights
        .tensors()
        .values()
        .forEach(tensor -> tensor.transform(x -> x / Math.sqrt(termsPerOutput)));
  }

  private static Tensor gaussian(DataType dataType, Shape shape, Random random) {
    Tensor tensor = Tensor.allocate(dataType, shape);
    tensor.transform(ignored -> random.nextGaussian());
    return tensor;
  }

  private static double relativeError(double[] actual, double[] expected) {
    double error = 0;
    double magnitude = Double.MIN_NORMAL;
    for (int i = 0; i < expected.length; i++) {
      // A NaN is never lost in a maximum.
      error = Math.max(error, Math.abs(actual[i] - expected[i]));
      magnitude = Math.max(magnitude, Math.abs(expected[i]));
    }
    return error / magnitude;
  }
}
