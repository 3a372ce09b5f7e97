package org.conv4j.testkit.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.conv4j.layer.Layer;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.layer.core.Dense;
import org.conv4j.layer.recurrent.RNN;
import org.conv4j.layer.recurrent.RNNOptions;
import org.conv4j.model.FunctionalBuilder;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/** A recurrent layer between convolutions, the first of which begins some frames late. */
final class RecurrentStreams {
  private final FunctionalBuilder builder = Model.functional();
  private final Random random = new Random(3);
  private final List<Tensor> weights = new ArrayList<>();

  private RecurrentStreams() {}

  static RandomStreams.Drawn next(String kind, boolean backwards) {
    return new RecurrentStreams().build(kind, backwards);
  }

  private RandomStreams.Drawn build(String kind, boolean backwards) {
    RNN layer =
        switch (kind) {
          case "LSTM" -> RNN.lstm(4);
          case "GRU" -> RNN.gru(4);
          default -> RNN.simple(4);
        };
    RNNOptions options = RNNOptions.DEFAULT.returnSequences(true).goBackwards(backwards);
    SymbolicTensor value = builder.input("signal", InputSpec.ANY, InputSpec.ANY, 3);
    value = apply(Conv1D.of(5, 3).name("late").padding(Padding.VALID), value, 3);
    value = apply(layer.name("recurrent").options(options), value, 5);
    value = apply(Conv1D.of(4, 2).name("causal").padding(Padding.CAUSAL), value, 4);
    value = apply(Dense.of(2).name("dense"), value, 4);
    return new RandomStreams.Drawn(builder.build(value), weights, List.of(kind));
  }

  private SymbolicTensor apply(Layer layer, SymbolicTensor value, int channels) {
    Map<String, Tensor> own = new LinkedHashMap<>();
    for (WeightSpec spec : layer.weights(List.of(Shape.of(1, 10, channels)))) {
      float[] drawn = new float[(int) spec.shape().elementCount()];
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = (float) random.nextGaussian() / 2;
      }
      Tensor tensor = Tensor.of(spec.shape(), drawn);
      weights.add(tensor);
      own.put(spec.name(), tensor);
    }
    return builder.apply(layer, Weights.of(own), value);
  }
}
