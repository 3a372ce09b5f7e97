package org.conv4j.nam;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.layer.merging.Add;
import org.conv4j.layer.merging.Multiply;
import org.conv4j.layer.preprocessing.Rescaling;
import org.conv4j.model.FunctionalBuilder;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Weights;

/**
 * A WaveNet: arrays of layers, of which each is a dilated causal convolution, to which a mix of the
 * signal is added before its activation. The sum of what the layers of an array make is its head,
 * which the next array goes on with; what the last one's head makes of it is the output.
 *
 * <p>The weights follow each other in the order in which they are taken here.
 */
final class NamWaveNet {
  private static final Set<String> ARRAY_FIELDS =
      Set.of(
          "input_size",
          "condition_size",
          "head_size",
          "channels",
          "kernel_size",
          "dilations",
          "activation",
          "gated",
          "head_bias");

  private final NamFields config;
  private final NamWeights weights;
  private final FunctionalBuilder builder = Model.functional();
  private final SymbolicTensor signal = builder.input("input", InputSpec.ANY, InputSpec.ANY, 1);

  NamWaveNet(NamFields config, NamWeights weights) {
    this.config = config;
    this.weights = weights;
  }

  Model build() {
    config.requireKnown(Set.of("layers", "head", "head_scale"));
    if (config.has("head")) {
      throw config.malformed("a network with a 'head' of its own cannot be read");
    }
    List<NamFields> arrays = config.objects("layers");
    if (arrays.isEmpty()) {
      throw config.malformed("'layers' is empty");
    }
    SymbolicTensor value = signal;
    SymbolicTensor head = null;
    int channels = 1;
    for (int i = 0; i < arrays.size(); i++) {
      NamFields array = arrays.get(i);
      array.requireKnown(ARRAY_FIELDS);
      require(array, "condition_size", 1);
      require(array, "input_size", channels);
      if (i > 0) {
        require(arrays.get(i - 1), "head_size", array.count("channels"));
      }
      SymbolicTensor[] made = new Array(array, "array_" + i).build(value, head);
      value = made[0];
      head = made[1];
      channels = array.count("channels");
    }
    require(arrays.get(arrays.size() - 1), "head_size", 1);
    // The file has it at the end of its weights, too.
    double scale = weights.take(1)[0];
    weights.requireEnd();
    SymbolicTensor output =
        builder.apply(Rescaling.of(scale, 0).name("head_scale"), Weights.none(), head);
    return builder.build(List.of("output"), List.of(output));
  }

  private static void require(NamFields array, String field, int value) {
    if (array.count(field) != value) {
      throw array.malformed(
          "'%s' should be %d, not %d".formatted(field, value, array.count(field)));
    }
  }

  private static Activation activation(NamFields array) {
    String name = array.text("activation");
    return switch (name) {
      case "Tanh" -> Activation.TANH;
      case "Hardtanh" -> Activation.HARD_TANH;
      case "ReLU" -> Activation.RELU;
      case "LeakyReLU" -> new Elementwise.Relu(Double.POSITIVE_INFINITY, 0.01, 0);
      case "Sigmoid" -> Activation.SIGMOID;
      case "SiLU" -> Activation.SILU;
      case "Hardswish" -> Activation.HARD_SILU;
      default -> throw array.malformed("the activation '%s' is unknown".formatted(name));
    };
  }

  /** One array of layers. */
  private final class Array {
    private final String name;
    private final int inputs;
    private final int channels;
    private final int heads;
    private final int taps;
    private final List<Integer> dilations;
    private final Activation activation;
    private final boolean gated;
    private final boolean headBias;

    Array(NamFields array, String name) {
      this.name = name;
      inputs = array.count("input_size");
      channels = array.count("channels");
      heads = array.count("head_size");
      taps = array.count("kernel_size");
      dilations = array.counts("dilations");
      activation = activation(array);
      gated = array.flag("gated");
      headBias = array.flag("head_bias");
      if (dilations.isEmpty()) {
        throw array.malformed("'dilations' is empty");
      }
    }

    /** The value and the head that the next array begins with. */
    SymbolicTensor[] build(SymbolicTensor input, SymbolicTensor headBefore) {
      SymbolicTensor value =
          apply("rechannel", weights.kernel(channels, inputs, 1), null, inputs, input);
      SymbolicTensor head = headBefore;
      for (int i = 0; i < dilations.size(); i++) {
        String layer = "layer_" + i + "_";
        int filters = gated ? 2 * channels : channels;
        float[] kernel = weights.kernel(filters, channels, taps);
        float[] bias = weights.take(filters);
        float[] mix = weights.kernel(filters, 1, 1);
        SymbolicTensor made =
            activated(layer, activation, dilations.get(i), kernel, bias, mix, 0, value);
        if (gated) {
          SymbolicTensor gate =
              activated(
                  layer + "gate_",
                  Activation.SIGMOID,
                  dilations.get(i),
                  kernel,
                  bias,
                  mix,
                  channels,
                  value);
          Multiply both = Multiply.of().name(name + "_" + layer + "gated");
          made = builder.apply(both, Weights.none(), made, gate);
        }
        head = head == null ? made : add(layer + "head", head, made);
        float[] matrix = weights.kernel(channels, channels, 1);
        float[] offset = weights.take(channels);
        SymbolicTensor mixed = apply(layer + "1x1", matrix, offset, channels, made);
        value = add(layer + "residual", value, mixed);
      }
      float[] matrix = weights.kernel(heads, channels, 1);
      float[] offset = headBias ? weights.take(heads) : null;
      return new SymbolicTensor[] {value, apply("head", matrix, offset, channels, head)};
    }

    /** What some filters make of a value and the signal. */
    private SymbolicTensor activated(
        String layer,
        Activation function,
        int dilation,
        float[] kernel,
        float[] bias,
        float[] mix,
        int first,
        SymbolicTensor value) {
      int filters = bias.length;
      Tensor some = NamWeights.kernel(kernel, filters, channels, taps, first, channels);
      Tensor offset =
          Tensor.of(Shape.of(channels), Arrays.copyOfRange(bias, first, first + channels));
      Conv1D dilated =
          Conv1D.of(channels, taps)
              .name(name + "_" + layer + "dilated")
              .padding(Padding.CAUSAL)
              .dilationRate(dilation);
      SymbolicTensor past = builder.apply(dilated, Weights.of(some, offset), value);
      Tensor signals = NamWeights.kernel(mix, filters, 1, 1, first, channels);
      Conv1D mixin = Conv1D.of(channels, 1).name(name + "_" + layer + "mixin").useBias(false);
      SymbolicTensor mixed = builder.apply(mixin, Weights.of(signals), signal);
      SymbolicTensor sum = add(layer + "sum", past, mixed);
      String activated = name + "_" + layer + "activation";
      return builder.apply(
          org.conv4j.layer.activation.Activation.of(function).name(activated), Weights.none(), sum);
    }

    private SymbolicTensor add(String layer, SymbolicTensor one, SymbolicTensor other) {
      return builder.apply(Add.of().name(name + "_" + layer), Weights.none(), one, other);
    }

    /** A matrix for each frame. */
    private SymbolicTensor apply(
        String layer, float[] matrix, float[] bias, int from, SymbolicTensor value) {
      int filters = matrix.length / from;
      Tensor kernel = NamWeights.kernel(matrix, filters, from, 1, 0, filters);
      Conv1D made = Conv1D.of(filters, 1).name(name + "_" + layer).useBias(bias != null);
      Weights own =
          bias == null
              ? Weights.of(kernel)
              : Weights.of(kernel, Tensor.of(Shape.of(filters), bias));
      return builder.apply(made, own, value);
    }
  }
}
