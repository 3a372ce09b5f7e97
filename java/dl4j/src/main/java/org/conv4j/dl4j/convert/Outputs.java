package org.conv4j.dl4j.convert;

import org.conv4j.activation.Activation;
import org.conv4j.dl4j.layer.ByShape;
import org.conv4j.function.BinaryFunction;
import org.conv4j.layer.Arguments;
import org.conv4j.layer.core.Dense;
import org.conv4j.layer.core.Identity;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.operation.Arithmetic;
import org.conv4j.operation.reshaping.Transpose;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Dense layers, and the layers with or without weights that compute what a loss is taken of. */
final class Outputs {
  private static final IntTuple SWAP_TIME = IntTuple.of(0, 2, 1);

  private Outputs() {}

  static SymbolicTensor dense(
      Draft draft, String name, DenseLayer layer, Parameters parameters, SymbolicTensor in) {
    if (layer.hasLayerNorm()) {
      throw new Unsupported("dense layers with layer normalisation are not known");
    }
    SymbolicTensor sum =
        product(draft, name, layer, layer.hasBias(), parameters, ofRank(draft, name, 2, in));
    return Activations.apply(draft, name, layer.getActivationFn(), sum);
  }

  static SymbolicTensor output(
      Draft draft, String name, BaseOutputLayer layer, Parameters parameters, SymbolicTensor in) {
    SymbolicTensor sum =
        product(draft, name, layer, layer.hasBias(), parameters, ofRank(draft, name, 2, in));
    return Activations.apply(draft, name, layer.getActivationFn(), sum);
  }

  /** Each step of a sequence on its own. */
  static SymbolicTensor rnnOutput(
      Draft draft, String name, RnnOutputLayer layer, Parameters parameters, SymbolicTensor in) {
    DataFormat format = Formats.of(layer.getRnnDataFormat());
    SymbolicTensor steps = swapTime(draft, name + ".steps", format, ofRank(draft, name, 3, in));
    SymbolicTensor sum = product(draft, name, layer, layer.hasBias(), parameters, steps);
    SymbolicTensor result = Activations.apply(draft, name, layer.getActivationFn(), sum);
    return swapTime(draft, name + ".sequence", format, result);
  }

  private static SymbolicTensor product(
      Draft draft,
      String name,
      FeedForwardLayer layer,
      boolean bias,
      Parameters parameters,
      SymbolicTensor in) {
    parameters.kernel("W", layer.getNIn(), layer.getNOut()).bias(bias);
    Dense dense = new Dense(name, Math.toIntExact(layer.getNOut()), Activation.LINEAR, bias);
    return draft.apply(dense, parameters.weights(), in);
  }

  private static SymbolicTensor swapTime(
      Draft draft, String name, DataFormat format, SymbolicTensor in) {
    return format == DataFormat.CHANNELS_LAST
        ? in
        : draft.apply(new Transpose(name, SWAP_TIME), in);
  }

  static SymbolicTensor activation(
      Draft draft, String name, ActivationLayer layer, Parameters none, SymbolicTensor in) {
    return Activations.apply(draft, name, layer.getActivationFn(), in);
  }

  static SymbolicTensor loss(
      Draft draft, String name, LossLayer layer, Parameters none, SymbolicTensor in) {
    return Activations.apply(draft, name, layer.getActivationFn(), in);
  }

  /** The layers for losses of images apply their activation to each pixel's channels. */
  static SymbolicTensor cnnLoss(
      Draft draft, String name, CnnLossLayer layer, Parameters none, SymbolicTensor in) {
    return Activations.apply(
        draft,
        name,
        layer.getActivationFn(),
        ofRank(draft, name, 4, in),
        channels(Formats.of(layer.getFormat())));
  }

  static SymbolicTensor cnn3DLoss(
      Draft draft, String name, Cnn3DLossLayer layer, Parameters none, SymbolicTensor in) {
    return Activations.apply(
        draft,
        name,
        layer.getActivationFn(),
        ofRank(draft, name, 5, in),
        channels(Formats.of(layer.getDataFormat())));
  }

  static SymbolicTensor rnnLoss(
      Draft draft, String name, RnnLossLayer layer, Parameters none, SymbolicTensor in) {
    return Activations.apply(
        draft,
        name,
        layer.getActivationFn(),
        ofRank(draft, name, 3, in),
        channels(Formats.of(layer.getRnnDataFormat())));
  }

  private static int channels(DataFormat format) {
    return format == DataFormat.CHANNELS_LAST ? -1 : 1;
  }

  static SymbolicTensor elementwise(
      Draft draft,
      String name,
      ElementWiseMultiplicationLayer layer,
      Parameters parameters,
      SymbolicTensor in) {
    INDArray factors = parameters.array("W");
    INDArray terms = parameters.array("b");
    SymbolicTensor product =
        draft.apply(
            new Arithmetic(
                name,
                BinaryFunction.MULTIPLY,
                null,
                parameters.constant(factors, 1, factors.length())),
            ofRank(draft, name, 2, in));
    SymbolicTensor sum =
        draft.apply(
            new Arithmetic(
                name + ".bias",
                BinaryFunction.ADD,
                null,
                parameters.constant(terms, 1, terms.length())),
            product);
    return Activations.apply(draft, name, layer.getActivationFn(), sum);
  }

  /** Dropout and noise are for training only. */
  static SymbolicTensor identity(
      Draft draft, String name, Object layer, Parameters none, SymbolicTensor in) {
    return draft.apply(new Identity(name, layer.getClass().getSimpleName()), in);
  }

  /** Deeplearning4j refuses other ranks here, where conv4j's layers would take them. */
  private static SymbolicTensor ofRank(Draft draft, String name, int rank, SymbolicTensor in) {
    return draft.apply(
        ByShape.of(
            name + ".input",
            input -> {
              Arguments.rank(name, rank, input);
              return Identity.of();
            }),
        in);
  }
}
