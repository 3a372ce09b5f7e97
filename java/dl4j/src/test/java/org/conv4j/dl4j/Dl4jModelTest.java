package org.conv4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Fallback;
import org.conv4j.engine.PerformanceMode;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.EngineUnavailableException;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.shape.Shape;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class Dl4jModelTest {
  private static MultiLayerNetwork network(DataType type) {
    return Nets.chain(
        type,
        InputType.convolutional(6, 7, 3),
        new ConvolutionLayer.Builder(3, 3).nOut(5).activation(Activation.RELU).build(),
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(4)
            .activation(Activation.SOFTMAX)
            .build());
  }

  private static INDArray images(int batch) {
    return Nets.random(DataType.FLOAT, batch, 3, 6, 7);
  }

  @Test
  void takesAnyBatch() {
    MultiLayerNetwork network = network(DataType.FLOAT);
    try (Dl4jModel model = Dl4jModels.from(network)) {
      for (int batch : new int[] {1, 2, 5, 1}) {
        INDArray input = images(batch);
        Nets.assertClose(model.output(input), network.output(input), DataType.FLOAT);
      }
      assertThat(model.engine().name()).isEqualTo("onednn");
      assertThat(model.dataType()).isEqualTo(org.conv4j.tensor.DataType.FLOAT32);
      assertThat(model.model().outputShape(Shape.of(9, 3, 6, 7))).isEqualTo(Shape.of(9, 4));
    }
  }

  @Test
  void takesInputsOfAnyOrderTypeAndWorkspace() {
    MultiLayerNetwork network = network(DataType.FLOAT);
    INDArray wide = Nets.random(DataType.FLOAT, 4, 3, 6, 9);
    INDArray[] inputs = {
      wide.get(
          NDArrayIndex.interval(1, 3),
          NDArrayIndex.all(),
          NDArrayIndex.all(),
          NDArrayIndex.interval(1, 8)),
      images(2).dup('f'),
      Nets.random(DataType.FLOAT, 2, 6, 7, 3).permute(0, 3, 1, 2),
      images(2).castTo(DataType.DOUBLE),
      images(2).muli(10).castTo(DataType.INT32),
      images(4).get(NDArrayIndex.interval(1, 3)),
    };
    try (Dl4jModel model = Dl4jModels.from(network)) {
      for (INDArray input : inputs) {
        Nets.assertClose(model.output(input), network.output(input), DataType.FLOAT);
      }
      INDArray detached = images(2);
      INDArray output;
      try (MemoryWorkspace workspace =
          Nd4j.getWorkspaceManager().getAndActivateWorkspace("Dl4jModelTest")) {
        assertThat(workspace.isScopeActive()).isTrue();
        INDArray attached = detached.dup();
        assertThat(attached.isAttached()).isTrue();
        output = model.output(attached);
        assertThat(output.isAttached()).isFalse();
      }
      Nets.assertClose(output, network.output(detached), DataType.FLOAT);
    }
  }

  /** Deeplearning4j does change the inputs of some layers. */
  @Test
  void inputsStayAsTheyAre() {
    INDArray input = images(2);
    INDArray copy = input.dup();
    try (Dl4jModel model = Dl4jModels.from(network(DataType.FLOAT))) {
      INDArray first = model.output(input);
      assertThat(input).isEqualTo(copy);
      assertThat(model.output(input)).isEqualTo(first);
    }
  }

  /** The weights are copies. */
  @Test
  void theNetworkMayChangeAfterwards() {
    MultiLayerNetwork network = network(DataType.FLOAT);
    INDArray input = images(2);
    INDArray expected = network.output(input);
    try (Dl4jModel model = Dl4jModels.from(network)) {
      network.params().muli(-3);
      Nets.assertClose(model.output(input), expected, DataType.FLOAT);
      INDArray more = images(3);
      network.params().divi(-3);
      Nets.assertClose(model.output(more), network.output(more), DataType.FLOAT);
    }
  }

  @Test
  void manyThreadsShareOneModel() throws Exception {
    MultiLayerNetwork network = network(DataType.FLOAT);
    List<INDArray> inputs = new ArrayList<>();
    List<INDArray> expected = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      inputs.add(images(1 + i % 3));
      expected.add(network.output(inputs.get(i)).dup());
    }
    Dl4jOptions options =
        Dl4jOptions.DEFAULT.withCompile(
            CompileOptions.DEFAULT.withMode(PerformanceMode.THROUGHPUT));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Dl4jModel model = Dl4jModels.from(network, options)) {
      List<Future<?>> runs = new ArrayList<>();
      for (int run = 0; run < 200; run++) {
        int which = run % inputs.size();
        runs.add(
            threads.submit(
                () ->
                    Nets.assertClose(
                        model.output(inputs.get(which)), expected.get(which), DataType.FLOAT)));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void theJavaEngineTakesOverIfItMay() {
    MultiLayerNetwork network = network(DataType.DOUBLE);
    INDArray input = images(2).castTo(DataType.DOUBLE);
    Dl4jOptions missing = Dl4jOptions.DEFAULT.withEngine("missing");
    assertThatThrownBy(() -> Dl4jModels.from(network, missing))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("There is no engine 'missing'");
    Dl4jOptions java =
        Dl4jOptions.DEFAULT.withEngine("java").withFallback(Fallback.listed()).withMaxPlans(1);
    try (Dl4jModel model = Dl4jModels.from(network, java)) {
      assertThat(model.engine().name()).isEqualTo("java");
      Nets.assertClose(model.output(input), network.output(input), DataType.DOUBLE);
    }
  }

  @Test
  void misfitsAreDeeplearning4jsException() {
    try (Dl4jModel model = Dl4jModels.from(network(DataType.FLOAT))) {
      for (long[] shape :
          new long[][] {{1, 6, 7, 3}, {1, 3, 6, 8}, {3, 6, 7}, {2, 3}, {1, 3, 2, 2}, {5}}) {
        assertThatThrownBy(() -> model.output(Nets.random(DataType.FLOAT, shape)))
            .isInstanceOf(DL4JInvalidInputException.class)
            .hasMessageContaining("ayer")
            .hasCauseInstanceOf(Conv4jException.class);
      }
      assertThatThrownBy(() -> model.output(images(1), images(1)))
          .isInstanceOf(DL4JInvalidInputException.class)
          .hasMessageContaining("takes 1 inputs");
      assertThatThrownBy(() -> model.output(Nd4j.empty(DataType.FLOAT)))
          .isInstanceOf(DL4JInvalidInputException.class)
          .hasMessage("The input is empty.");
      assertThatThrownBy(() -> model.output((INDArray) null))
          .isInstanceOf(InvalidArgumentException.class);
      assertThat(model.output(images(1)).sumNumber().doubleValue()).isBetween(0.999, 1.001);
    }
  }

  @Test
  void whatIsClosedIsRefused() {
    Dl4jModel model = Dl4jModels.from(network(DataType.FLOAT));
    INDArray input = images(1).dup();
    input.close();
    assertThatThrownBy(() -> model.output(input))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    model.close();
    model.close();
    assertThatThrownBy(() -> model.output(images(1))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> model.output(images(2))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void allThatIsUnsupportedIsNamedAtOnce() {
    GraphBuilder graph =
        Nets.configuration(DataType.FLOAT)
            .graphBuilder()
            .addInputs("in")
            .addLayer("lstm", new LSTM.Builder().nIn(4).nOut(3).build(), "in")
            .addVertex("scale", new ScaleVertex(2), "lstm")
            .addVertex("turn", new ReshapeVertex('f', new int[] {-1, 15}, null), "scale")
            .addLayer(
                "dense",
                new DenseLayer.Builder().nIn(15).nOut(3).hasLayerNorm(true).build(),
                "turn")
            .setOutputs("dense");
    ComputationGraph network = Nets.initialised(new ComputationGraph(graph.build()));
    UnsupportedNetworkException refusal =
        catchThrowableOfType(UnsupportedNetworkException.class, () -> Dl4jModels.from(network));
    assertThat(refusal.parts())
        .containsExactly(
            "lstm (LSTM): there is no such layer in conv4j",
            "turn (ReshapeVertex): reshaping in the order 'f'",
            "dense (DenseLayer): dense layers with layer normalisation are not known");
    assertThat(refusal).hasMessageStartingWith("conv4j cannot run this network: lstm (LSTM)");
  }

  @Test
  void subclassesAreNotTakenForWhatTheyExtend() {
    MultiLayerNetwork network =
        Nets.chain(
            DataType.FLOAT,
            InputType.recurrent(3, 5),
            new LSTM.Builder().nOut(4).build(),
            new RnnOutputLayer.Builder(LossFunction.MSE).nOut(2).build());
    assertThatThrownBy(() -> Dl4jModels.from(network))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessage(
            "conv4j cannot run this network: layer0 (LSTM): there is no such layer in conv4j.");
    MultiLayerNetwork local =
        Nets.chain(
            DataType.FLOAT,
            InputType.convolutional(6, 7, 3),
            new LocallyConnected2D.Builder().kernelSize(2, 2).nOut(2).build());
    assertThatThrownBy(() -> Dl4jModels.from(local)).hasMessageContaining("LocallyConnected2D");
  }

  @Test
  void networksOfOtherTypesOrWithoutWeightsAreRefused() {
    assertThatThrownBy(() -> Dl4jModels.from(network(DataType.FLOAT16)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessage("conv4j computes with FLOAT and DOUBLE; the network computes with HALF.");
    MultiLayerNetwork fresh =
        new MultiLayerNetwork(network(DataType.FLOAT).getLayerWiseConfigurations());
    assertThatThrownBy(() -> Dl4jModels.from(fresh))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("init()");
    assertThatThrownBy(() -> Dl4jModels.from((MultiLayerNetwork) null))
        .isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(() -> Dl4jModels.from((ComputationGraph) null))
        .isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(() -> Dl4jOptions.DEFAULT.withMaxPlans(0))
        .isInstanceOf(InvalidArgumentException.class);
  }
}
