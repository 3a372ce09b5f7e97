package org.conv4j.layer.core;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.SingleInputLayer;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Value;
import org.conv4j.op.Gather;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Keras's Embedding: a vector for each whole number from 0 up. Negative numbers count from the end;
 * one that there is no vector for gives NaN.
 *
 * <p>Weights: {@code embeddings} of shape {@code (inputDim, outputDim)}.
 *
 * @param name the layer's name
 * @param inputDim how many numbers have a vector
 * @param outputDim the extent of a vector, which becomes the output's last axis
 * @param maskZero whether 0 stands for steps that are to be skipped: layers behind it that take a
 *     mask can be given the numbers themselves. The output is the same.
 */
public record Embedding(String name, int inputDim, int outputDim, boolean maskZero)
    implements SingleInputLayer {
  /**
   * Checks the arguments.
   *
   * @param name see {@link #name}
   * @param inputDim see {@link #inputDim}
   * @param outputDim see {@link #outputDim}
   * @param maskZero see {@link #maskZero}
   */
  public Embedding {
    Objects.requireNonNull(name, "name");
    Arguments.positive(name, "input_dim", inputDim);
    Arguments.positive(name, "output_dim", outputDim);
  }

  /**
   * Returns a layer with Keras's name.
   *
   * @param inputDim how many numbers have a vector
   * @param outputDim the extent of a vector
   * @return the layer
   * @throws InvalidLayerException if an argument is illegal
   */
  public static Embedding of(int inputDim, int outputDim) {
    return new Embedding("embedding", inputDim, outputDim, false);
  }

  /**
   * Sets the name.
   *
   * @param name unique in a model
   * @return a changed copy
   */
  public Embedding name(String name) {
    return new Embedding(name, inputDim, outputDim, maskZero);
  }

  /**
   * Sets whether 0 stands for steps that are to be skipped.
   *
   * @param masks true if it does
   * @return a changed copy
   */
  public Embedding maskZero(boolean masks) {
    return new Embedding(name, inputDim, outputDim, masks);
  }

  @Override
  public List<WeightSpec> weights(Shape input) {
    return List.of(new WeightSpec("embeddings", Shape.of(inputDim, outputDim)));
  }

  @Override
  public Shape outputShape(Shape input) {
    long[] dims = Arrays.copyOf(input.extents(), input.rank() + 1);
    dims[input.rank()] = outputDim;
    return Shape.open(dims);
  }

  @Override
  public Value lower(Lowering lowering, Value input, Weights weights) {
    Value indices = lowering.asSeen(name, input);
    Value table = lowering.constant(weights.get("embeddings"));
    Gather gather = new Gather(table.shape(), indices.shape());
    return lowering.append(
        name, gather, List.of(table, indices), List.of(), DataFormat.CHANNELS_LAST);
  }
}
