package org.conv4j.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.conv4j.dl4j.example.Zoo;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Whole networks answer as Deeplearning4j does, channels first and last, in float and double. */
class NetworksTest {
  private static final List<DataType> TYPES = List.of(DataType.FLOAT, DataType.DOUBLE);

  static Stream<Arguments> formats() {
    return TYPES.stream()
        .flatMap(type -> Stream.of(CNN2DFormat.values()).map(format -> Arguments.of(type, format)));
  }

  private static INDArray images(DataType type, CNN2DFormat format, int batch, int... chw) {
    return format == CNN2DFormat.NCHW
        ? Nets.random(type, batch, chw[0], chw[1], chw[2])
        : Nets.random(type, batch, chw[1], chw[2], chw[0]);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void leNet(DataType type, CNN2DFormat format) {
    MultiLayerNetwork network = Zoo.leNet(type, format);
    Nets.randomize(network.getLayers());
    Nets.assertSame(network, images(type, format, 3, 1, 28, 28));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void separable(DataType type, CNN2DFormat format) {
    MultiLayerNetwork network = Zoo.separable(type, format, 17);
    Nets.randomize(network.getLayers());
    Nets.assertSame(network, images(type, format, 2, 3, 17, 17));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void residual(DataType type, CNN2DFormat format) {
    ComputationGraph network = Zoo.residual(type, format, 20);
    Nets.randomize(network.getLayers());
    Nets.assertSame(network, images(type, format, 2, 3, 20, 20));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void causal(DataType type, CNN2DFormat format) {
    RNNFormat sequence = format == CNN2DFormat.NCHW ? RNNFormat.NCW : RNNFormat.NWC;
    List<Layer> layers = new ArrayList<>();
    for (int dilation = 1; dilation <= 4; dilation *= 2) {
      layers.add(
          new Convolution1DLayer.Builder(3)
              .nOut(8)
              // Deeplearning4j fails with a dilation and floats.
              .dilation(type == DataType.FLOAT ? 1 : dilation)
              .convolutionMode(ConvolutionMode.Causal)
              .rnnDataFormat(sequence)
              .activation(Activation.RELU)
              .build());
      layers.add(new DropoutLayer(0.5));
    }
    layers.add(
        new RnnOutputLayer.Builder(LossFunction.MCXENT)
            .nOut(3)
            .dataFormat(sequence)
            .activation(Activation.SOFTMAX)
            .build());
    MultiLayerNetwork network =
        Nets.chain(type, InputType.recurrent(5, 20, sequence), layers.toArray(Layer[]::new));
    Nets.assertSame(
        network,
        sequence == RNNFormat.NCW ? Nets.random(type, 2, 5, 20) : Nets.random(type, 2, 20, 5));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void volumes(DataType type, CNN2DFormat images) {
    Convolution3D.DataFormat format =
        images == CNN2DFormat.NCHW
            ? Convolution3D.DataFormat.NCDHW
            : Convolution3D.DataFormat.NDHWC;
    MultiLayerNetwork network =
        Nets.chain(
            type,
            InputType.convolutional3D(format, 8, 9, 10, 2),
            new Convolution3D.Builder(3, 3, 3)
                .nOut(6)
                .convolutionMode(ConvolutionMode.Same)
                .dataFormat(format)
                .activation(Activation.RELU)
                .build(),
            new Subsampling3DLayer.Builder(PoolingType.MAX)
                .kernelSize(2, 2, 2)
                .stride(2, 2, 2)
                .convolutionMode(ConvolutionMode.Same)
                .dataFormat(format)
                .build(),
            new Convolution3D.Builder(2, 3, 1)
                .nOut(4)
                .convolutionMode(ConvolutionMode.Same)
                .dataFormat(format)
                .activation(Activation.TANH)
                .build(),
            new DenseLayer.Builder().nOut(9).activation(Activation.RELU).build(),
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(4)
                .activation(Activation.SOFTMAX)
                .build());
    Nets.assertSame(
        network,
        format == Convolution3D.DataFormat.NCDHW
            ? Nets.random(type, 2, 2, 8, 9, 10)
            : Nets.random(type, 2, 8, 9, 10, 2));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void deconvolution(DataType type, CNN2DFormat format) {
    MultiLayerNetwork network =
        Nets.chain(
            type,
            InputType.convolutional(7, 6, 4, format),
            deconvolution(format, 3, 2, 1, ConvolutionMode.Truncate),
            new BatchNormalization.Builder().activation(Activation.TANH).build(),
            deconvolution(format, 4, 2, 0, ConvolutionMode.Same),
            new ConvolutionLayer.Builder(3, 3).nOut(2).activation(Activation.SIGMOID).build(),
            new GlobalPoolingLayer.Builder(PoolingType.PNORM).pnorm(2).build());
    Nets.assertSame(network, images(type, format, 2, 4, 7, 6));
  }

  private static Deconvolution2D deconvolution(
      CNN2DFormat format, int kernel, int stride, int padding, ConvolutionMode mode) {
    return new Deconvolution2D.Builder(kernel, kernel)
        .nOut(5)
        .stride(stride, stride)
        .padding(padding, padding)
        .convolutionMode(mode)
        .dataFormat(format)
        .activation(Activation.RELU)
        .build();
  }
}
