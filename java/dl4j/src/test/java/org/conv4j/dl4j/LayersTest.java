package org.conv4j.dl4j;

import static org.conv4j.dl4j.LayersTest.Format.FIRST;
import static org.conv4j.dl4j.LayersTest.Format.LAST;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
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
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Layers that are not a matter of windows; those are in {@link WindowsTest}. */
class LayersTest {
  enum Format {
    FIRST,
    LAST;

    CNN2DFormat images() {
      return this == FIRST ? CNN2DFormat.NCHW : CNN2DFormat.NHWC;
    }

    RNNFormat sequences() {
      return this == FIRST ? RNNFormat.NCW : RNNFormat.NWC;
    }

    Convolution3D.DataFormat volumes() {
      return this == FIRST ? Convolution3D.DataFormat.NCDHW : Convolution3D.DataFormat.NDHWC;
    }
  }

  private final List<DynamicTest> tests = new ArrayList<>();

  private void add(String name, InputType input, long[] shape, Layer... layers) {
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      tests.add(
          dynamicTest(
              name + ", " + type,
              () -> Nets.assertSame(Nets.chain(type, input, layers), Nets.random(type, shape))));
    }
  }

  private void rows(String name, Layer... layers) {
    add(name, InputType.feedForward(6), new long[] {3, 6}, layers);
  }

  private void sequences(String name, Format format, Layer... layers) {
    InputType input = InputType.recurrent(4, 9, format.sequences());
    long[] shape = format == FIRST ? new long[] {2, 4, 9} : new long[] {2, 9, 4};
    add(name + ", " + format, input, shape, layers);
  }

  private void images(String name, Format format, Layer... layers) {
    InputType input = InputType.convolutional(6, 8, 5, format.images());
    long[] shape = format == FIRST ? new long[] {2, 5, 6, 8} : new long[] {2, 6, 8, 5};
    add(name + ", " + format, input, shape, layers);
  }

  private void volumes(String name, Format format, Layer... layers) {
    InputType input = InputType.convolutional3D(format.volumes(), 4, 5, 6, 3);
    long[] shape = format == FIRST ? new long[] {2, 3, 4, 5, 6} : new long[] {2, 4, 5, 6, 3};
    add(name + ", " + format, input, shape, layers);
  }

  @TestFactory
  List<DynamicTest> reshaping() {
    for (Format format : Format.values()) {
      CNN2DFormat images = format.images();
      images("upsampling", format, new Upsampling2D.Builder(1).size(new int[] {2, 3}).build());
      images(
          "padding", format, new ZeroPaddingLayer.Builder(1, 2, 3, 4).dataFormat(images).build());
      images("cropping", format, new Cropping2D.Builder(1, 2, 0, 3).dataFormat(images).build());
      images("space to depth", format, new SpaceToDepthLayer.Builder<>(2, images).build());
      images(
          "space to batch",
          format,
          new SpaceToBatchLayer.Builder<>(new int[] {2, 3}, new int[][] {{1, 1}, {1, 0}})
              .dataFormat(images)
              .build());
      rows(
          "repeat " + format, new RepeatVector.Builder<>(4).dataFormat(format.sequences()).build());
      volumes(
          "upsampling",
          format,
          new Upsampling3D.Builder(1)
              .size(new int[] {2, 1, 3})
              .dataFormat(format.volumes())
              .build());
      // Deeplearning4j takes the last axes for space in both formats.
      sequences("upsampling", format, new Upsampling1D.Builder(3).build());
      sequences("padding", format, new ZeroPadding1DLayer.Builder(1, 2).build());
      sequences("cropping", format, new Cropping1D.Builder(1, 2).build());
      volumes("padding", format, new ZeroPadding3DLayer.Builder(1, 2, 0, 1, 2, 0).build());
      volumes("cropping", format, new Cropping3D.Builder(1, 1, 0, 1, 2, 0).build());
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> normalizations() {
    for (Format format : Format.values()) {
      images("batch", format, batch(format).activation(Activation.TANH).build());
      images("batch, logarithms", format, batch(format).useLogStd(true).eps(0.01).build());
      for (double[] locked : new double[][] {{1.5, 0.25}, {1.5, 0}, {1, 0.5}}) {
        images(
            "batch, locked at %s and %s".formatted(locked[0], locked[1]),
            format,
            batch(format).lockGammaBeta(true).gamma(locked[0]).beta(locked[1]).build());
      }
      for (double n : new double[] {1, 2, 5, 7}) {
        images(
            "local response of " + n,
            format,
            new LocalResponseNormalization.Builder()
                .k(1.5)
                .n(n)
                .alpha(0.1)
                .beta(0.6)
                .dataFormat(format.images())
                .build());
      }
      long[] shape = format == FIRST ? new long[] {5, 6, 8} : new long[] {6, 8, 5};
      images("prelu", format, new PReLULayer.Builder().inputShape(shape.clone()).build());
      images(
          "prelu, shared",
          format,
          new PReLULayer.Builder()
              .inputShape(shape.clone())
              .sharedAxes(format == FIRST ? new long[] {2, 3} : new long[] {1, 2})
              .build());
      images(
          "prelu, one axis shared",
          format,
          new PReLULayer.Builder().inputShape(shape.clone()).sharedAxes(2).build());
    }
    rows("batch", new BatchNormalization.Builder().activation(Activation.TANH).build());
    sequences("batch", LAST, batch(LAST).build());
    return tests;
  }

  private static BatchNormalization.Builder batch(Format format) {
    return new BatchNormalization.Builder().dataFormat(format.images());
  }

  @TestFactory
  List<DynamicTest> globalPooling() {
    for (PoolingType type : PoolingType.values()) {
      for (Format format : Format.values()) {
        GlobalPoolingLayer.Builder global = new GlobalPoolingLayer.Builder(type).pnorm(3);
        images("global " + type, format, global.build());
        sequences("global " + type, format, global.build());
        volumes("global " + type, format, global.build());
        images(
            "global over axes " + type,
            format,
            global
                .poolingDimensions(format == FIRST ? new int[] {2, 3} : new int[] {1, 2})
                .build());
      }
      images(
          "global, kept " + type,
          FIRST,
          new GlobalPoolingLayer.Builder(type).collapseDimensions(false).build());
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> outputs() {
    for (Format format : Format.values()) {
      ConvolutionLayer convolution =
          new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.RELU).build();
      images("dense", format, convolution, dense(true), output(true));
      images("dense without bias", format, convolution, dense(false), output(false));
      images(
          "losses of pixels",
          format,
          new CnnLossLayer.Builder(LossFunction.MCXENT)
              .activation(Activation.SOFTMAX)
              .format(format.images())
              .build());
      volumes(
          "losses of voxels",
          format,
          new Cnn3DLossLayer.Builder(format.volumes())
              .lossFunction(LossFunction.MCXENT)
              .activation(Activation.SOFTMAX)
              .build());
      sequences(
          "output of steps",
          format,
          new RnnOutputLayer.Builder(LossFunction.MCXENT)
              .nOut(3)
              .activation(Activation.SOFTMAX)
              .dataFormat(format.sequences())
              .build());
      sequences(
          "losses of steps",
          format,
          new RnnLossLayer.Builder(LossFunction.MSE)
              .activation(Activation.SOFTMAX)
              .dataFormat(format.sequences())
              .build());
      sequences("dense, step by step", format, dense(true));
      sequences(
          "dense, and steps again",
          format,
          dense(true),
          new RnnOutputLayer.Builder(LossFunction.MSE)
              .nOut(3)
              .activation(Activation.TANH)
              .dataFormat(format.sequences())
              .build());
    }
    rows("loss", new LossLayer.Builder(LossFunction.MSE).activation(Activation.TANH).build());
    rows(
        "centre loss",
        new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
            .nOut(4)
            .activation(Activation.SOFTMAX)
            .build());
    rows(
        "products of elements",
        new ElementWiseMultiplicationLayer.Builder()
            .nIn(6)
            .nOut(6)
            .activation(Activation.TANH)
            .build());
    return tests;
  }

  private static DenseLayer dense(boolean bias) {
    return new DenseLayer.Builder().nOut(7).hasBias(bias).activation(Activation.RELU).build();
  }

  private static OutputLayer output(boolean bias) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(4)
        .hasBias(bias)
        .activation(Activation.SOFTMAX)
        .build();
  }

  /** What is for training does nothing. */
  @TestFactory
  List<DynamicTest> training() {
    for (Format format : Format.values()) {
      images(
          "dropout",
          format,
          new DropoutLayer(0.5),
          new ConvolutionLayer.Builder(2, 2).nOut(3).dropOut(0.3).build(),
          new DropoutLayer(new GaussianNoise(0.5)));
      images(
          "frozen",
          format,
          new FrozenLayer(
              new ConvolutionLayer.Builder(3, 3)
                  .nIn(5)
                  .nOut(4)
                  .dataFormat(format.images())
                  .activation(Activation.RELU)
                  .build()),
          new FrozenLayerWithBackprop(batch(format).nIn(4).nOut(4).build()));
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> flatImages() {
    add(
        "flat images",
        InputType.convolutionalFlat(6, 8, 5),
        new long[] {2, 240},
        new SubsamplingLayer.Builder(PoolingType.MAX).kernelSize(2, 2).stride(2, 2).build(),
        new ActivationLayer(Activation.TANH),
        output(true));
    return tests;
  }
}
