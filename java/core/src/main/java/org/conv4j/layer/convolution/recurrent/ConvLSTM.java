package org.conv4j.layer.convolution.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.MultiOutputLayer;
import org.conv4j.layer.convolution.BaseConv;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.convolution.Conv3D;
import org.conv4j.layer.convolution.ConvolutionOptions;
import org.conv4j.layer.recurrent.RNNOptions;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Extents;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Keras's ConvLSTM1D, ConvLSTM2D and ConvLSTM3D: an LSTM whose products are convolutions, for
 * sequences {@code (batch, steps, n..., channels)}.
 *
 * <p>Its inputs are the sequence, then either nothing or both initial states, {@code (batch, m...,
 * filters)}. Its outputs are the hidden state, after the last step or each of them, and, if they
 * are asked for, the final hidden state and cell state. Every step becomes ops of its own, so that
 * the limit on the steps of a program bounds how long a sequence may be.
 *
 * <p>Weights, with the gates in the order input, forget, candidate, output: {@code kernel} of shape
 * {@code (k..., channels, 4 * filters)}, {@code recurrent_kernel} of shape {@code (k..., filters, 4
 * * filters)}, {@code bias} of shape {@code (4 * filters)}.
 *
 * @param rank the number of spatial dimensions, 1 to 3
 * @param filters the number of channels of its states
 * @param recurrentActivation of the gates
 * @param convolution the arguments of the inputs' convolution; its activation is that of candidate
 *     and cell state, element by element
 * @param options what it returns, and in which direction it goes
 */
public record ConvLSTM(
    int rank,
    int filters,
    Elementwise recurrentActivation,
    ConvolutionOptions convolution,
    RNNOptions options)
    implements MultiOutputLayer {
  static final int GATES = 4;
  static final String RECURRENT_KERNEL = "recurrent_kernel";

  /**
   * Checks the arguments and writes single numbers out for each dimension.
   *
   * @param rank see {@link #rank}
   * @param filters see {@link #filters}
   * @param recurrentActivation see {@link #recurrentActivation}
   * @param convolution see {@link #convolution}
   * @param options see {@link #options}
   */
  public ConvLSTM {
    Objects.requireNonNull(recurrentActivation, "recurrentActivation");
    Objects.requireNonNull(options, "options");
    String name = convolution.name();
    if (rank < 1 || rank > 3) {
      throw Arguments.invalid(name, "rank", "from 1 to 3", rank);
    }
    if (filters < 1 || filters > Integer.MAX_VALUE / GATES) {
      throw Arguments.invalid(name, "filters", "at least 1, and no more than fit", filters);
    }
    if (!(convolution.activation() instanceof Elementwise)) {
      throw Arguments.invalid(
          name, "activation", "a function of each element on its own", convolution.activation());
    }
    if (options.masked()) {
      throw Arguments.invalid(name, "mask", "none", "one");
    }
    if (convolution.padding() == Padding.CAUSAL) {
      throw Arguments.invalid(name, "padding", "valid or same", convolution.padding());
    }
    convolution = layer(rank, filters, convolution).options();
  }

  /**
   * Returns a layer with Keras's defaults.
   *
   * @param rank the number of spatial dimensions, 1 to 3
   * @param filters the number of channels of its states
   * @param kernelSize the kernel's extents; one stands for all dimensions
   * @return the layer
   * @throws org.conv4j.error.InvalidLayerException if an argument is illegal
   */
  public static ConvLSTM of(int rank, int filters, int... kernelSize) {
    IntTuple one = IntTuple.of(1);
    ConvolutionOptions convolution =
        new ConvolutionOptions(
            "conv_lstm" + rank + "d",
            IntTuple.of(kernelSize),
            one,
            Padding.VALID,
            DataFormat.CHANNELS_LAST,
            one,
            Activation.TANH,
            true);
    return new ConvLSTM(rank, filters, Activation.SIGMOID, convolution, RNNOptions.DEFAULT);
  }

  /**
   * Sets what it returns, and in which direction it goes.
   *
   * @param options without a mask
   * @return a changed copy
   */
  public ConvLSTM options(RNNOptions options) {
    return new ConvLSTM(rank, filters, recurrentActivation, convolution, options);
  }

  @Override
  public String name() {
    return convolution.name();
  }

  @Override
  public String className() {
    return "ConvLSTM" + rank + "D";
  }

  /** The convolution of the inputs of all steps, for all gates, with the channels last. */
  BaseConv<?> ofInputs() {
    ConvolutionOptions o = convolution;
    return gates(o.strides(), o.padding(), o.dilationRate(), o.useBias());
  }

  /** The convolution of the hidden state, which keeps the extents. */
  BaseConv<?> ofStates() {
    return gates(IntTuple.of(1), Padding.SAME, IntTuple.of(1), false);
  }

  private BaseConv<?> gates(IntTuple strides, Padding padding, IntTuple dilation, boolean bias) {
    ConvolutionOptions options =
        new ConvolutionOptions(
            name(),
            convolution.kernelSize(),
            strides,
            padding,
            DataFormat.CHANNELS_LAST,
            dilation,
            Activation.LINEAR,
            bias);
    return layer(rank, GATES * filters, options);
  }

  private static BaseConv<?> layer(int rank, int filters, ConvolutionOptions options) {
    return switch (rank) {
      case 1 -> new Conv1D(filters, 1, options);
      case 2 -> new Conv2D(filters, 1, options);
      default -> new Conv3D(filters, 1, options);
    };
  }

  /** Where memory that holds the channels last has the axes of a sequence as Keras sees it. */
  IntTuple channelsLast(int before) {
    IntTuple axes = convolution.dataFormat().axesToChannelsLast(rank + 2);
    return IntTuple.generate(
        rank + 2 + before, i -> i <= before ? i : axes.get(i - before) + before);
  }

  /** The other way round. */
  IntTuple seen(int before) {
    IntTuple axes = convolution.dataFormat().axesFromChannelsLast(rank + 2);
    return IntTuple.generate(
        rank + 2 + before, i -> i <= before ? i : axes.get(i - before) + before);
  }

  /** One step of a sequence, with the channels last. */
  private Shape step(Shape sequence) {
    Shape last = Arguments.rank(name(), rank + 3, sequence).permute(channelsLast(1));
    long[] dims = new long[rank + 2];
    dims[0] = last.extent(0);
    System.arraycopy(last.extents(), 2, dims, 1, rank + 1);
    return Shape.open(dims);
  }

  /** A state for a sequence, as Keras sees it. */
  private Shape state(Shape sequence) {
    Shape gates = ofInputs().outputShape(step(sequence));
    return gates.withDim(rank + 1, filters).permute(seen(0));
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    Shape step = step(inputs.get(0));
    List<WeightSpec> ofInputs = ofInputs().weights(step);
    Shape kernel = ofInputs.get(0).shape();
    List<WeightSpec> weights = new ArrayList<>();
    weights.add(ofInputs.get(0));
    weights.add(new WeightSpec(RECURRENT_KERNEL, kernel.withDim(rank, filters)));
    weights.addAll(ofInputs.subList(1, ofInputs.size()));
    return List.copyOf(weights);
  }

  @Override
  public int outputCount() {
    return options.returnState() ? 3 : 1;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    if (inputs.size() != 1 && inputs.size() != 3) {
      throw new ShapeMismatchException(
          "Layer '%s' takes a sequence, with or without 2 initial states; given %d inputs."
              .formatted(name(), inputs.size()));
    }
    Shape sequence = inputs.get(0);
    Shape state = state(sequence);
    for (Shape initial : inputs.subList(1, inputs.size())) {
      requireState(state, initial, sequence);
    }
    List<Shape> shapes = new ArrayList<>(List.of(state));
    if (options.returnSequences()) {
      long[] dims = new long[rank + 3];
      dims[0] = state.extent(0);
      dims[1] = sequence.extent(1);
      System.arraycopy(state.extents(), 1, dims, 2, rank + 1);
      shapes.set(0, Shape.open(dims));
    }
    while (shapes.size() < outputCount()) {
      shapes.add(state);
    }
    return List.copyOf(shapes);
  }

  private void requireState(Shape needed, Shape given, Shape sequence) {
    boolean fits = given.rank() == needed.rank();
    for (int axis = 0; fits && axis < needed.rank(); axis++) {
      fits = !Extents.differ(given.extent(axis), needed.extent(axis));
    }
    if (!fits) {
      throw new ShapeMismatchException(
          "Layer '%s' needs a state of shape %s for a sequence of shape %s; given %s."
              .formatted(name(), needed, sequence, given));
    }
  }

  @Override
  public List<Value> lowerAll(Lowering lowering, List<Value> inputs, Weights weights) {
    return new ConvLSTMLowering(this, lowering, weights).lower(inputs);
  }
}
