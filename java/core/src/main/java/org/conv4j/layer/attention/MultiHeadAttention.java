package org.conv4j.layer.attention;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.conv4j.activation.Activation;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.Layer;
import org.conv4j.lowering.Affine;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.InnerProduct;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Constant;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Keras's MultiHeadAttention along one axis. Its inputs are the query, of shape {@code (batch,
 * queries, channels)}, the value and, if it is another one, the key, both of shape {@code (batch,
 * keys, channels)}.
 *
 * <p>Weights: of each projection, with {@code query/}, {@code key/}, {@code value/} and {@code
 * attention_output/} before their names, {@code kernel} of shape {@code (channels, heads, depth)},
 * of the last one {@code (heads, depth, channels)}, and {@code bias} without the first axis, of the
 * last one without the first two.
 *
 * @param name the layer's name
 * @param numHeads the number of heads
 * @param keyDim the depth of queries and keys of a head
 * @param valueDim the depth of values of a head
 * @param useBias whether projections have a bias
 * @param outputDim the channels of the output; 0 for those of the query
 */
public record MultiHeadAttention(
    String name, int numHeads, int keyDim, int valueDim, boolean useBias, int outputDim)
    implements Layer {
  /** The projections in the order of their weights. */
  public static final List<String> PROJECTIONS =
      List.of("query", "key", "value", "attention_output");

  private static final IntTuple HEADS_FIRST = IntTuple.of(0, 2, 1, 3);

  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param numHeads see {@link #numHeads}
   * @param keyDim see {@link #keyDim}
   * @param valueDim see {@link #valueDim}
   * @param useBias see {@link #useBias}
   * @param outputDim see {@link #outputDim}
   */
  public MultiHeadAttention {
    Objects.requireNonNull(name, "name");
    Arguments.positive(name, "num_heads", numHeads);
    Arguments.positive(name, "key_dim", keyDim);
    Arguments.positive(name, "value_dim", valueDim);
    if (outputDim < 0) {
      throw Arguments.invalid(name, "output_shape", "at least 1", outputDim);
    }
  }

  /**
   * Returns a layer with Keras's defaults.
   *
   * @param numHeads the number of heads
   * @param keyDim the depth of queries, keys and values of a head
   * @return the layer
   */
  public static MultiHeadAttention of(int numHeads, int keyDim) {
    return new MultiHeadAttention("multi_head_attention", numHeads, keyDim, keyDim, true, 0);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public MultiHeadAttention name(String name) {
    return new MultiHeadAttention(name, numHeads, keyDim, valueDim, useBias, outputDim);
  }

  @Override
  public List<WeightSpec> weights(List<Shape> inputs) {
    outputShape(inputs);
    long query = channels(inputs.get(0));
    long value = channels(inputs.get(1));
    long key = channels(inputs.get(inputs.size() - 1));
    List<WeightSpec> specs = new ArrayList<>();
    add(specs, 0, Shape.of(query, numHeads, keyDim), Shape.of(numHeads, keyDim));
    add(specs, 1, Shape.of(key, numHeads, keyDim), Shape.of(numHeads, keyDim));
    add(specs, 2, Shape.of(value, numHeads, valueDim), Shape.of(numHeads, valueDim));
    long output = outputDim == 0 ? query : outputDim;
    add(specs, 3, Shape.of(numHeads, valueDim, output), Shape.of(output));
    return List.copyOf(specs);
  }

  private long channels(Shape input) {
    return Arguments.known(name, input, -1, input).dim(-1);
  }

  private void add(List<WeightSpec> specs, int projection, Shape kernel, Shape bias) {
    String prefix = PROJECTIONS.get(projection) + "/";
    specs.add(new WeightSpec(prefix + "kernel", kernel));
    if (useBias) {
      specs.add(new WeightSpec(prefix + "bias", bias));
    }
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    Attending.check(name, inputs);
    Shape query = inputs.get(0);
    return outputDim == 0 ? query : query.withDim(2, outputDim);
  }

  @Override
  public Value lower(Lowering lowering, List<Value> inputs, Weights weights) {
    Value query = heads(lowering, inputs.get(0), weights, 0, keyDim);
    Value key = heads(lowering, inputs.get(inputs.size() - 1), weights, 1, keyDim);
    Value value = heads(lowering, inputs.get(1), weights, 2, valueDim);
    Value scaled = Affine.append(lowering, name, query, 1 / Math.sqrt(keyDim), 0);
    Value scores = Attending.scores(lowering, name, scaled, key);
    Value attention = Attending.weights(lowering, name, scores);
    Value mixed = Attending.product(lowering, name, attention, value);
    Shape input = inputs.get(0).shape();
    Shape ofHeads = Shape.of(input.dim(0), numHeads, input.dim(1), valueDim);
    Value apart = lowering.reshape(name, mixed, ofHeads);
    Value together = lowering.asSeen(name, lowering.permute(name, apart, HEADS_FIRST));
    int depth = numHeads * valueDim;
    Value rows = lowering.reshape(name, together, Shape.of(input.dim(0), input.dim(1), depth));
    int output = outputDim == 0 ? input.intDim(2) : outputDim;
    return project(lowering, rows, weights, 3, output);
  }

  /** The projections of a sequence, as {@code (batch * heads, length, depth)}. */
  private Value heads(Lowering lowering, Value input, Weights weights, int projection, int depth) {
    Value in = lowering.asSeen(name, input);
    long batch = in.shape().dim(0);
    long length = in.shape().dim(1);
    Value all = project(lowering, in, weights, projection, numHeads * depth);
    Value apart = lowering.reshape(name, all, Shape.of(batch, length, numHeads, depth));
    Value first = lowering.asSeen(name, lowering.permute(name, apart, HEADS_FIRST));
    return lowering.reshape(name, first, Shape.of(batch * numHeads, length, depth));
  }

  private Value project(
      Lowering lowering, Value input, Weights weights, int projection, int columns) {
    String prefix = PROJECTIONS.get(projection) + "/";
    Shape matrix = Shape.of(input.shape().dim(2), columns);
    List<Constant> constants = new ArrayList<>();
    constants.add(weights.get(prefix + "kernel").reshape(matrix));
    if (useBias) {
      constants.add(weights.get(prefix + "bias").reshape(Shape.of(columns)));
    }
    InnerProduct product = new InnerProduct(input.shape(), columns, useBias, Activation.LINEAR);
    return lowering.append(name, product, input, constants, DataFormat.CHANNELS_LAST);
  }
}
