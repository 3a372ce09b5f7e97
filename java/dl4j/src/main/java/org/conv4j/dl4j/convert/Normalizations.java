package org.conv4j.dl4j.convert;

import org.conv4j.dl4j.layer.ByShape;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Batch and local response normalisation, and the activation layer that has weights. */
final class Normalizations {
  private Normalizations() {}

  /** Deeplearning4j ignores the activation of this layer. */
  static SymbolicTensor batch(
      Draft draft,
      String name,
      BatchNormalization layer,
      Parameters parameters,
      SymbolicTensor in) {
    INDArray mean = parameters.array("mean");
    if (layer.isLockGammaBeta()) {
      // It multiplies and adds only if both would change something.
      boolean used = layer.getGamma() != 1 && layer.getBeta() != 0;
      double gamma = used ? layer.getGamma() : 1;
      double beta = used ? layer.getBeta() : 0;
      parameters.with("gamma", Nd4j.valueArrayOf(mean.shape(), gamma), mean.length());
      parameters.with("beta", Nd4j.valueArrayOf(mean.shape(), beta), mean.length());
    } else {
      parameters.vector("gamma", "gamma").vector("beta", "beta");
    }
    parameters.vector("moving_mean", "mean");
    if (layer.isUseLogStd()) {
      INDArray logarithm = parameters.array("log10stdev");
      INDArray variance = Transforms.exp(logarithm.mul(2 * Math.log(10)), true);
      parameters.with("moving_variance", variance, mean.length());
    } else {
      parameters.vector("moving_variance", "var");
    }
    boolean last = layer.getCnn2DFormat() == CNN2DFormat.NHWC;
    return draft.apply(
        ByShape.of(name, input -> batch(name, layer.getEps(), last, input)),
        parameters.weights(),
        in);
  }

  private static org.conv4j.layer.normalization.BatchNormalization batch(
      String name, double epsilon, boolean last, Shape input) {
    if (input.rank() != 2 && input.rank() != 4 && !(input.rank() == 3 && last)) {
      throw new ShapeMismatchException(
          "Layer '%s' normalises inputs of 2 or 4 dimensions, or 3 with the channels last; given %s."
              .formatted(name, input));
    }
    int axis = last && input.rank() > 2 ? -1 : 1;
    return new org.conv4j.layer.normalization.BatchNormalization(name, axis, epsilon, true, true);
  }

  static SymbolicTensor localResponse(
      Draft draft,
      String name,
      LocalResponseNormalization layer,
      Parameters none,
      SymbolicTensor in) {
    DataFormat format = Formats.of(layer.getDataFormat());
    return draft.apply(
        new org.conv4j.dl4j.layer.LocalResponseNormalization(
            name, (int) layer.getN() / 2, layer.getK(), layer.getAlpha(), layer.getBeta(), format),
        in);
  }

  static SymbolicTensor prelu(
      Draft draft, String name, PReLULayer layer, Parameters parameters, SymbolicTensor in) {
    INDArray alpha = parameters.array("W");
    long[] shared = layer.getSharedAxes() == null ? new long[0] : layer.getSharedAxes();
    int[] axes = new int[shared.length];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = Math.toIntExact(shared[i]);
    }
    parameters.with("alpha", alpha, alpha.shape());
    return draft.apply(
        org.conv4j.layer.activation.PReLU.of(axes).name(name), parameters.weights(), in);
  }
}
