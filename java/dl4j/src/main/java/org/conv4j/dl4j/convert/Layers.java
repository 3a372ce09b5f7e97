package org.conv4j.dl4j.convert;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.model.SymbolicTensor;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.Pooling1D;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPadding3DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;

/**
 * Which layer is translated by what. A class that is not listed is not known, even if it extends
 * one that is: it may do anything.
 */
final class Layers {
  /** Translates layers of one class. */
  @FunctionalInterface
  private interface Translation<L> {
    SymbolicTensor apply(
        Draft draft, String name, L layer, Parameters parameters, SymbolicTensor in);
  }

  private static final Map<Class<?>, Translation<Layer>> KNOWN = new HashMap<>();

  static {
    List.of(ConvolutionLayer.class, Convolution2D.class)
        .forEach(type -> know(type, Convolutions::convolution2D));
    List.of(Convolution1DLayer.class, Convolution1D.class)
        .forEach(type -> know(type, Convolutions::convolution1D));
    know(Convolution3D.class, Convolutions::convolution3D);
    know(DepthwiseConvolution2D.class, Convolutions::depthwise2D);
    know(SeparableConvolution2D.class, Convolutions::separable2D);
    know(Deconvolution2D.class, Convolutions::deconvolution2D);
    know(Deconvolution3D.class, Convolutions::deconvolution3D);

    List.of(Subsampling1DLayer.class, Pooling1D.class)
        .forEach(type -> know(type, Poolings::subsampling1D));
    List.of(SubsamplingLayer.class, Pooling2D.class)
        .forEach(type -> know(type, Poolings::subsampling2D));
    know(Subsampling3DLayer.class, Poolings::subsampling3D);
    know(GlobalPoolingLayer.class, Poolings::global);

    know(ZeroPadding1DLayer.class, Reshapings::padding1D);
    know(ZeroPaddingLayer.class, Reshapings::padding2D);
    know(ZeroPadding3DLayer.class, Reshapings::padding3D);
    know(Cropping1D.class, Reshapings::cropping1D);
    know(Cropping2D.class, Reshapings::cropping2D);
    know(Cropping3D.class, Reshapings::cropping3D);
    know(Upsampling1D.class, Reshapings::upsampling1D);
    know(Upsampling2D.class, Reshapings::upsampling2D);
    know(Upsampling3D.class, Reshapings::upsampling3D);
    know(SpaceToDepthLayer.class, Reshapings::spaceToDepth);
    know(SpaceToBatchLayer.class, Reshapings::spaceToBatch);
    know(RepeatVector.class, Reshapings::repeatVector);

    know(BatchNormalization.class, Normalizations::batch);
    know(LocalResponseNormalization.class, Normalizations::localResponse);
    know(PReLULayer.class, Normalizations::prelu);

    know(DenseLayer.class, Outputs::dense);
    List.of(OutputLayer.class, CenterLossOutputLayer.class)
        .forEach(type -> Layers.<BaseOutputLayer>know(type, Outputs::output));
    know(RnnOutputLayer.class, Outputs::rnnOutput);
    know(ActivationLayer.class, Outputs::activation);
    know(LossLayer.class, Outputs::loss);
    know(CnnLossLayer.class, Outputs::cnnLoss);
    know(Cnn3DLossLayer.class, Outputs::cnn3DLoss);
    know(RnnLossLayer.class, Outputs::rnnLoss);
    know(ElementWiseMultiplicationLayer.class, Outputs::elementwise);
    know(DropoutLayer.class, Outputs::identity);
  }

  private Layers() {}

  private static <L> void know(Class<? extends L> type, Translation<L> translation) {
    KNOWN.put(
        type,
        (draft, name, layer, parameters, in) ->
            translation.apply(draft, name, type.cast(layer), parameters, in));
  }

  /** Translates a layer and the preprocessor before it, which may be null. */
  static SymbolicTensor apply(
      Draft draft,
      String name,
      Layer given,
      InputPreProcessor preprocessor,
      Parameters parameters,
      SymbolicTensor in) {
    Layer layer = thawed(given);
    Translation<Layer> translation = KNOWN.get(layer.getClass());
    if (translation == null) {
      throw new Unsupported("there is no such layer in conv4j");
    }
    SymbolicTensor prepared = in;
    if (preprocessor != null) {
      String step = name + ".preprocessor";
      long[] image = isDense(layer) ? Preprocessors.channelsFirst(preprocessor) : null;
      if (image != null) {
        parameters.flattened(image);
        prepared = draft.apply(Preprocessors.flatten(step, image, true), in);
      } else {
        prepared = Preprocessors.apply(draft, step, preprocessor, in);
      }
    }
    return translation.apply(draft, name, layer, parameters, prepared);
  }

  /** Whether a layer may be frozen is for training. */
  static Layer thawed(Layer layer) {
    if (layer.getClass() == FrozenLayer.class) {
      return thawed(((FrozenLayer) layer).getLayer());
    }
    if (layer.getClass() == FrozenLayerWithBackprop.class) {
      return thawed(((FrozenLayerWithBackprop) layer).getUnderlying());
    }
    return layer;
  }

  private static boolean isDense(Layer layer) {
    return layer instanceof DenseLayer
        || layer instanceof OutputLayer
        || layer instanceof CenterLossOutputLayer;
  }
}
