package org.conv4j.dl4j;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnn3DPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Vertices, and preprocessors wherever they are put. */
class GraphsTest {
  static Stream<Arguments> formats() {
    return NetworksTest.formats();
  }

  private static void assertSame(
      DataType type, Consumer<GraphBuilder> build, long[]... inputShapes) {
    GraphBuilder graph = Nets.configuration(type).graphBuilder();
    build.accept(graph);
    ComputationGraph network = Nets.initialised(new ComputationGraph(graph.build()));
    Nets.assertSame(
        network,
        Stream.of(inputShapes).map(shape -> Nets.random(type, shape)).toArray(INDArray[]::new));
  }

  private static InputType images(CNN2DFormat format) {
    return InputType.convolutional(6, 8, 3, format);
  }

  private static long[] shape(CNN2DFormat format) {
    return format == CNN2DFormat.NCHW ? new long[] {4, 3, 6, 8} : new long[] {4, 6, 8, 3};
  }

  private static ConvolutionLayer convolution(int filters) {
    return new ConvolutionLayer.Builder(3, 3)
        .nOut(filters)
        .convolutionMode(ConvolutionMode.Same)
        .activation(Activation.RELU)
        .build();
  }

  private static OutputLayer output(int inputs) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nIn(inputs)
        .nOut(3)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static RnnOutputLayer steps(RNNFormat format, int inputs) {
    return new RnnOutputLayer.Builder(LossFunction.MSE)
        .nIn(inputs)
        .nOut(3)
        .dataFormat(format)
        .activation(Activation.SOFTMAX)
        .build();
  }

  /** A vertex behind one convolution of four filters. */
  private static void one(DataType type, CNN2DFormat format, GraphVertex vertex) {
    assertSame(
        type,
        graph ->
            graph
                .addInputs("in")
                .addLayer("convolution", convolution(4), "in")
                .addVertex("vertex", vertex, "convolution")
                .setOutputs("vertex", "convolution")
                .setInputTypes(images(format)),
        shape(format));
  }

  /** A vertex behind convolutions of four filters each. */
  private static void several(DataType type, CNN2DFormat format, GraphVertex vertex, int count) {
    String[] names = Stream.of("a", "b", "c").limit(count).toArray(String[]::new);
    assertSame(
        type,
        graph -> {
          graph.addInputs("in").setInputTypes(images(format));
          for (String name : names) {
            graph.addLayer(name, convolution(4), "in");
          }
          graph.addVertex("vertex", vertex, names).setOutputs("vertex");
        },
        shape(format));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void elementwise(DataType type, CNN2DFormat format) {
    for (ElementWiseVertex.Op op : ElementWiseVertex.Op.values()) {
      several(type, format, new ElementWiseVertex(op), 1);
      several(type, format, new ElementWiseVertex(op), 2);
      if (op != ElementWiseVertex.Op.Subtract) {
        several(type, format, new ElementWiseVertex(op), 3);
      }
    }
  }

  /** As for squeeze and excitation. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void elementwiseWithABroadcast(DataType type) {
    for (ElementWiseVertex.Op op : ElementWiseVertex.Op.values()) {
      assertSame(
          type,
          graph ->
              graph
                  .addInputs("in", "factors")
                  .addVertex("vertex", new ElementWiseVertex(op), "in", "factors")
                  .setOutputs("vertex"),
          new long[] {2, 3, 4, 5},
          new long[] {2, 3, 1, 1});
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void merging(DataType type, CNN2DFormat format) {
    several(type, format, new MergeVertex(), 1);
    several(type, format, new MergeVertex(), 3);
    assertSame(
        type,
        graph ->
            graph
                .addInputs("in")
                .addLayer("a", convolution(4), "in")
                .addLayer("b", convolution(5), "in")
                .addLayer("merged", convolution(2), "a", "b")
                .addLayer("out", output(0), "merged")
                .setOutputs("out")
                .setInputTypes(images(format)),
        shape(format));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void oneInput(DataType type, CNN2DFormat format) {
    one(type, format, new SubsetVertex(1, 2));
    one(type, format, new ScaleVertex(1.5));
    one(type, format, new ShiftVertex(-0.5));
    one(type, format, new PoolHelperVertex());
    one(type, format, new ReshapeVertex('c', new int[] {-1, 192}, null));
    one(type, format, new ReshapeVertex('c', new int[] {-1, 8, 6, 4}, null));
    CnnToFeedForwardPreProcessor flatten = new CnnToFeedForwardPreProcessor(6, 8, 4, format);
    one(type, format, new PreprocessorVertex(flatten));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void norms(DataType type, CNN2DFormat format) {
    several(type, format, new L2Vertex(), 2);
    if (type == DataType.FLOAT) {
      // Deeplearning4j fails with doubles.
      one(type, format, new L2NormalizeVertex());
    }
    assertSame(
        type,
        graph ->
            graph
                .addInputs("in")
                .addLayer("convolution", convolution(4), "in")
                .addLayer("mean", new GlobalPoolingLayer(PoolingType.AVG), "convolution")
                .addVertex("a", new L2NormalizeVertex(), "mean")
                .addVertex("b", new L2NormalizeVertex(new int[] {1}, 1e-8), "mean")
                .setOutputs("a", "b")
                .setInputTypes(images(format)),
        shape(format));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void stacks(DataType type, CNN2DFormat format) {
    assertSame(
        type,
        graph ->
            graph
                .addInputs("left", "right")
                .addVertex("stack", new StackVertex(), "left", "right")
                .addLayer("convolution", convolution(5), "stack")
                .addVertex("first", new UnstackVertex(0, 2), "convolution")
                .addVertex("second", new UnstackVertex(1, 2), "convolution")
                .setOutputs("second", "first")
                .setInputTypes(images(format), images(format)),
        shape(format),
        shape(format));
  }

  /** Each step of a sequence is an image. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void sequencesOfImages(DataType type) {
    for (RNNFormat format : RNNFormat.values()) {
      for (int[] size : new int[][] {{1, 1}, {1, 4}, {3, 1}, {3, 4}}) {
        assertSame(
            type,
            graph ->
                graph
                    .addInputs("in")
                    .addLayer(
                        "images",
                        new ConvolutionLayer.Builder(3, 3)
                            .nIn(2)
                            .nOut(4)
                            .convolutionMode(ConvolutionMode.Same)
                            .build(),
                        new RnnToCnnPreProcessor(4, 5, 2, format),
                        "in")
                    .addLayer(
                        "steps",
                        steps(format, 80),
                        new CnnToRnnPreProcessor(4, 5, 4, format),
                        "images")
                    .setOutputs("steps"),
            sequences(format, size[0], 40, size[1]));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void sequencesOfRows(DataType type) {
    for (RNNFormat format : RNNFormat.values()) {
      for (int[] size : new int[][] {{1, 1}, {1, 4}, {3, 1}, {3, 4}}) {
        assertSame(
            type,
            graph ->
                graph
                    .addInputs("in")
                    .addLayer(
                        "rows",
                        new DenseLayer.Builder().nIn(6).nOut(4).build(),
                        new RnnToFeedForwardPreProcessor(format),
                        "in")
                    .addLayer(
                        "steps", steps(format, 4), new FeedForwardToRnnPreProcessor(format), "rows")
                    .setOutputs("steps", "rows"),
            sequences(format, size[0], 6, size[1]));
      }
    }
  }

  private static long[] sequences(RNNFormat format, int batch, int channels, int steps) {
    return format == RNNFormat.NCW
        ? new long[] {batch, channels, steps}
        : new long[] {batch, steps, channels};
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void rowsAreImagesAndRowsAgain(DataType type) {
    CnnToFeedForwardPreProcessor flatten = new CnnToFeedForwardPreProcessor(4, 5, 4);
    assertSame(
        type,
        graph ->
            graph
                .addInputs("in")
                .addLayer("rows", new DenseLayer.Builder().nIn(6).nOut(40).build(), "in")
                .addLayer(
                    "images",
                    new ConvolutionLayer.Builder(3, 3)
                        .nIn(2)
                        .nOut(4)
                        .convolutionMode(ConvolutionMode.Same)
                        .build(),
                    new FeedForwardToCnnPreProcessor(4, 5, 2),
                    "rows")
                .addLayer("direct", output(80), flatten, "images")
                .addLayer(
                    "there-and-back",
                    output(80),
                    new ComposableInputPreProcessor(
                        flatten, new FeedForwardToCnnPreProcessor(4, 5, 4), flatten),
                    "images")
                .setOutputs("direct", "there-and-back"),
        new long[] {3, 6});
  }

  /** Its rows stand for an image with the channels first, whether they come as one or not. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void whatIsFlatAlreadyStaysSo(DataType type) {
    assertSame(
        type,
        graph ->
            graph
                .addInputs("in")
                .addLayer("out", output(80), new CnnToFeedForwardPreProcessor(4, 5, 4), "in")
                .setOutputs("out"),
        new long[] {3, 80});
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void volumes(DataType type) {
    for (Convolution3D.DataFormat format : Convolution3D.DataFormat.values()) {
      boolean first = format == Convolution3D.DataFormat.NCDHW;
      assertSame(
          type,
          graph ->
              graph
                  .addInputs("in")
                  .addLayer(
                      "volumes",
                      new Convolution3D.Builder(3, 3, 3)
                          .nIn(2)
                          .nOut(4)
                          .convolutionMode(ConvolutionMode.Same)
                          .dataFormat(format)
                          .build(),
                      new FeedForwardToCnn3DPreProcessor(3, 4, 5, 2, first),
                      "in")
                  .addLayer(
                      "out",
                      output(240),
                      new Cnn3DToFeedForwardPreProcessor(3, 4, 5, 4, first),
                      "volumes")
                  .setOutputs("out", "volumes"),
          new long[] {2, 120});
    }
  }
}
