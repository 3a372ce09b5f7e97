package org.conv4j.bench.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.conv4j.activation.Activation;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.layer.merging.Add;
import org.conv4j.layer.merging.Multiply;
import org.conv4j.model.FunctionalBuilder;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Weights;

/**
 * Networks of the sizes that people stream, with weights drawn at random: a temporal convolution
 * network, a WaveNet with gates, Neural Amp Modeler's sizes, and single layers as RTNeural's
 * benchmarks have them.
 */
public final class StreamNetworks {
  private static final int[] LAYERS = {4, 3, 8, 3, 8, 7, 16, 3, 16, 9, 16, 15, 32, 3, 64, 3, 64, 9};

  private final Random random = new Random(19);
  private final FunctionalBuilder builder = Model.functional();
  private int layers;

  private StreamNetworks() {}

  /**
   * Returns the networks.
   *
   * @return what makes them, by name
   */
  public static Map<String, Supplier<Model>> all() {
    Map<String, Supplier<Model>> all = new LinkedHashMap<>();
    all.put("tcn", () -> new StreamNetworks().tcn(64, 10));
    all.put("wavenet", () -> new StreamNetworks().wavenet(16, 10));
    int[] ten = dilations(0, 10);
    int[] seven = dilations(0, 7);
    int[] thirteen = {128, 256, 512, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512};
    all.put("nam-standard", () -> new StreamNetworks().amplifier(16, ten, 8, ten));
    all.put("nam-lite", () -> new StreamNetworks().amplifier(12, seven, 6, thirteen));
    all.put("nam-feather", () -> new StreamNetworks().amplifier(8, seven, 4, thirteen));
    for (int i = 0; i < LAYERS.length; i += 2) {
      int channels = LAYERS[i];
      int taps = LAYERS[i + 1];
      all.put("layer-%dx%d".formatted(channels, taps), () -> layer(channels, taps));
    }
    return all;
  }

  private static int[] dilations(int first, int count) {
    int[] dilations = new int[count];
    for (int i = 0; i < count; i++) {
      dilations[i] = 1 << (first + i);
    }
    return dilations;
  }

  private static Model layer(int channels, int taps) {
    StreamNetworks network = new StreamNetworks();
    SymbolicTensor signal = network.signal(channels);
    return network.builder.build(
        network.convolve(signal, channels, channels, taps, 1, Activation.LINEAR));
  }

  private SymbolicTensor signal(int channels) {
    return builder.input("signal", InputSpec.ANY, InputSpec.ANY, channels);
  }

  private SymbolicTensor convolve(
      SymbolicTensor value, int inputs, int filters, int taps, int dilation, Activation function) {
    double scale = 1 / Math.sqrt(inputs * (double) taps);
    Tensor kernel =
        Tensor.of(Shape.of(taps, inputs, filters), draw(taps * inputs * filters, scale));
    Conv1D layer =
        Conv1D.of(filters, taps)
            .name("conv_" + layers++)
            .padding(Padding.CAUSAL)
            .dilationRate(dilation)
            .activation(function);
    return builder.apply(
        layer, Weights.of(kernel, Tensor.of(Shape.of(filters), draw(filters, 0.1))), value);
  }

  private float[] draw(int count, double scale) {
    float[] drawn = new float[count];
    for (int i = 0; i < count; i++) {
      drawn[i] = (float) (random.nextGaussian() * scale);
    }
    return drawn;
  }

  private SymbolicTensor add(SymbolicTensor one, SymbolicTensor other) {
    return builder.apply(Add.of().name("add_" + layers++), Weights.none(), one, other);
  }

  private Model tcn(int channels, int depth) {
    SymbolicTensor value = signal(channels);
    for (int dilation : dilations(0, depth)) {
      value = convolve(value, channels, channels, 3, dilation, Activation.RELU);
    }
    return builder.build(value);
  }

  private Model wavenet(int channels, int depth) {
    SymbolicTensor value = convolve(signal(1), 1, channels, 1, 1, Activation.LINEAR);
    List<SymbolicTensor> skips = new ArrayList<>();
    for (int dilation : dilations(0, depth)) {
      SymbolicTensor made = convolve(value, channels, channels, 2, dilation, Activation.TANH);
      SymbolicTensor gate = convolve(value, channels, channels, 2, dilation, Activation.SIGMOID);
      Multiply both = Multiply.of().name("gate_" + layers++);
      SymbolicTensor gated = builder.apply(both, Weights.none(), made, gate);
      skips.add(gated);
      value = add(value, convolve(gated, channels, channels, 1, 1, Activation.LINEAR));
    }
    SymbolicTensor sum = skips.get(0);
    for (SymbolicTensor skip : skips.subList(1, skips.size())) {
      sum = add(sum, skip);
    }
    return builder.build(convolve(sum, channels, 1, 1, 1, Activation.LINEAR));
  }

  private Model amplifier(int channels, int[] dilations, int others, int[] otherDilations) {
    SymbolicTensor signal = signal(1);
    SymbolicTensor value = convolve(signal, 1, channels, 1, 1, Activation.LINEAR);
    SymbolicTensor[] first = stack(signal, value, null, channels, dilations);
    SymbolicTensor head = convolve(first[1], channels, others, 1, 1, Activation.LINEAR);
    SymbolicTensor narrow = convolve(first[0], channels, others, 1, 1, Activation.LINEAR);
    SymbolicTensor[] second = stack(signal, narrow, head, others, otherDilations);
    return builder.build(convolve(second[1], others, 1, 1, 1, Activation.LINEAR));
  }

  /** Returns the value and the head. */
  private SymbolicTensor[] stack(
      SymbolicTensor signal,
      SymbolicTensor begin,
      SymbolicTensor headBefore,
      int channels,
      int[] dilations) {
    SymbolicTensor value = begin;
    SymbolicTensor head = headBefore;
    for (int dilation : dilations) {
      SymbolicTensor past = convolve(value, channels, channels, 3, dilation, Activation.LINEAR);
      SymbolicTensor mixed = convolve(signal, 1, channels, 1, 1, Activation.LINEAR);
      SymbolicTensor made =
          builder.apply(
              org.conv4j.layer.activation.Activation.of(Activation.TANH).name("tanh_" + layers++),
              Weights.none(),
              add(past, mixed));
      head = head == null ? made : add(head, made);
      value = add(value, convolve(made, channels, channels, 1, 1, Activation.LINEAR));
    }
    return new SymbolicTensor[] {value, head};
  }
}
