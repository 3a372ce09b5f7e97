package org.conv4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Networks with random weights, and how their outputs are compared. */
final class Nets {
  private Nets() {}

  static NeuralNetConfiguration.Builder configuration(DataType type) {
    return new NeuralNetConfiguration.Builder().seed(7).dataType(type);
  }

  /** A chain of layers, whose preprocessors Deeplearning4j finds out. */
  static MultiLayerNetwork chain(
      DataType type, InputType input, org.deeplearning4j.nn.conf.layers.Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = configuration(type).list();
    for (org.deeplearning4j.nn.conf.layers.Layer layer : layers) {
      list.layer(layer.clone());
    }
    if (input != null) {
      list.setInputType(input);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    randomize(network.getLayers());
    return network;
  }

  static ComputationGraph initialised(ComputationGraph graph) {
    graph.init();
    randomize(graph.getLayers());
    return graph;
  }

  /** Biases and moments would be 0 and 1 otherwise. */
  static void randomize(Layer[] layers) {
    for (Layer layer : layers) {
      if (layer.paramTable() == null) {
        continue;
      }
      layer
          .paramTable()
          .forEach(
              (key, value) -> {
                INDArray noise = Nd4j.randn(value.shape()).castTo(value.dataType());
                switch (key) {
                  case "var" -> value.assign(Transforms.abs(noise).addi(0.5));
                  case "log10stdev" -> value.assign(noise.muli(0.2));
                  case "W", "pW" -> value.addi(noise.muli(0.05));
                  default -> value.addi(noise.muli(0.5));
                }
              });
    }
  }

  static INDArray random(DataType type, long... shape) {
    return Nd4j.randn(shape).castTo(type);
  }

  /** The bound that the largest output's rounding allows. */
  static void assertClose(INDArray actual, INDArray expected, DataType type) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.dataType()).isEqualTo(type);
    assertThat(error(actual, expected)).isLessThan(type == DataType.FLOAT ? 1e-5 : 1e-9);
  }

  static double error(INDArray actual, INDArray expected) {
    double difference =
        Transforms.abs(actual.castTo(DataType.DOUBLE).sub(expected.castTo(DataType.DOUBLE)))
            .maxNumber()
            .doubleValue();
    double largest = Transforms.abs(expected.castTo(DataType.DOUBLE)).maxNumber().doubleValue();
    return difference / Math.max(largest, 1e-3);
  }

  /** Compares the outputs of a graph, of which Deeplearning4j's may change the inputs. */
  static void assertSame(ComputationGraph network, INDArray... inputs) {
    DataType type = network.getConfiguration().getDataType();
    INDArray[] copies = Stream.of(inputs).map(input -> input.dup('c')).toArray(INDArray[]::new);
    INDArray[] expected = network.output(copies);
    try (Dl4jModel model = Dl4jModels.from(network)) {
      INDArray[] actual = model.output(inputs);
      assertThat(actual).hasSameSizeAs(expected);
      for (int i = 0; i < expected.length; i++) {
        assertClose(actual[i], expected[i].dup('c'), type);
      }
    }
  }

  /** Compares the output of a chain, whose first layer may change its input. */
  static void assertSame(MultiLayerNetwork network, INDArray input) {
    DataType type = network.getLayerWiseConfigurations().getDataType();
    INDArray expected = network.output(input.dup()).dup('c');
    try (Dl4jModel model = Dl4jModels.from(network)) {
      assertClose(model.output(input), expected, type);
    }
  }
}
