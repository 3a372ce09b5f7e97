package org.conv4j.cli.measure;

import java.util.HashMap;
import java.util.List;
import org.conv4j.cli.data.RandomTensors;
import org.conv4j.cli.data.TensorSet;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.model.Model;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/** Runs a variant with random weights. */
public final class VariantRun {
  private VariantRun() {}

  public static EngineComparison of(
      Variant variant, List<Engine> engines, DataType dataType, CompileOptions options) {
    RandomTensors random = new RandomTensors(variant.name(), dataType);
    try (TensorSet owned = new TensorSet(new HashMap<>());
        Tensor input = random.next(variant.input())) {
      for (WeightSpec spec : variant.layer().weights(List.of(variant.input()))) {
        owned.tensors().put(spec.name(), random.next(spec.shape()));
      }
      Model model = Model.of(variant.layer(), Weights.of(owned.tensors()));
      giveOutputsUnitVariance(model, variant, owned);
      return EngineComparison.of(
          variant.name(),
          engines,
          engine -> model.compile(variant.input(), dataType, engine, options),
          input);
    }
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
}
