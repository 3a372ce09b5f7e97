package org.conv4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ActivationsTest {
  /** Deeplearning4j has some constants as floats, even for doubles. */
  private static final double FLOAT_CONSTANTS = 1e-7;

  private static final InputType IMAGES = InputType.convolutional(4, 5, 3);

  static Stream<IActivation> withParameters() {
    return Stream.of(
        new ActivationReLU(2.0, 0.1, 0.1),
        new ActivationReLU(1.5, null, null),
        new ActivationReLU(null, null, 0.3),
        new ActivationReLU(0.5, 0.0, null),
        new ActivationLReLU(0.3),
        new ActivationELU(0.7),
        new ActivationGELU(true),
        new ActivationGELU(false),
        new ActivationThresholdedReLU(0.4),
        new ActivationRReLU(0.1, 0.5));
  }

  @ParameterizedTest
  @EnumSource
  void functionsOfLayers(Activation function) {
    assertSame(function.getActivationFunction());
  }

  @ParameterizedTest
  @MethodSource("withParameters")
  void functionsWithParameters(IActivation function) {
    assertSame(function);
  }

  private static void assertSame(IActivation function) {
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      MultiLayerNetwork alone = Nets.chain(type, IMAGES, new ActivationLayer(function));
      MultiLayerNetwork inside =
          Nets.chain(
              type,
              IMAGES,
              new ConvolutionLayer.Builder(2, 2).nOut(4).activation(function).build());
      for (MultiLayerNetwork network : List.of(alone, inside)) {
        INDArray images = Nets.random(type, 2, 3, 4, 5).muli(2);
        INDArray expected = network.output(images.dup());
        try (Dl4jModel model = Dl4jModels.from(network)) {
          double bound = type == DataType.FLOAT ? 1e-5 : FLOAT_CONSTANTS;
          assertThat(Nets.error(model.output(images), expected)).as(type.name()).isLessThan(bound);
        }
      }
    }
  }
}
