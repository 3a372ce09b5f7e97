package org.conv4j.dl4j.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.conv4j.error.Conv4jException;
import org.conv4j.layer.Layer;
import org.conv4j.model.FunctionalBuilder;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Weights;

/** The model while it is being written, and what of the network could not be. Not thread-safe. */
final class Draft {
  private final FunctionalBuilder builder = Model.functional();
  private final List<SymbolicTensor> inputs = new ArrayList<>();
  private final List<Tensor> weights = new ArrayList<>();
  private final List<String> unsupported = new ArrayList<>();
  private final DataType dataType;

  Draft(DataType dataType) {
    this.dataType = dataType;
  }

  DataType dataType() {
    return dataType;
  }

  SymbolicTensor input(String name) {
    SymbolicTensor input = builder.input(InputSpec.any(name));
    inputs.add(input);
    return input;
  }

  /**
   * The network's first input, whose batch is what Deeplearning4j takes for that of the network.
   */
  SymbolicTensor firstInput() {
    return inputs.get(0);
  }

  SymbolicTensor apply(Layer layer, SymbolicTensor... arguments) {
    return builder.apply(layer, Weights.none(), arguments);
  }

  SymbolicTensor apply(Layer layer, Weights given, SymbolicTensor argument) {
    return builder.apply(layer, given, argument);
  }

  /** Keeps a copy of a weight until the model is closed. */
  void own(Tensor weight) {
    weights.add(weight);
  }

  /**
   * Translates one part of the network. If that cannot be, it is noted, and anything stands for the
   * part, so that the rest is looked at, too.
   */
  SymbolicTensor part(String name, Object what, Supplier<SymbolicTensor> translation) {
    try {
      return translation.get();
    } catch (Unsupported | Conv4jException reason) {
      unsupported.add(
          "%s (%s): %s".formatted(name, what.getClass().getSimpleName(), reason.getMessage()));
      return firstInput();
    }
  }

  Conversion finish(List<String> names, List<SymbolicTensor> outputs) {
    if (unsupported.isEmpty()) {
      return new Conversion(builder.build(names, outputs), weights, dataType, List.of());
    }
    close();
    return new Conversion(null, List.of(), dataType, unsupported);
  }

  void close() {
    weights.forEach(Tensor::close);
  }
}
