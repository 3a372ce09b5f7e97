package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.convolution.ConvolutionLayer;
import org.conv4j.layer.convolution.DepthwiseConv2D;
import org.conv4j.op.Deconvolution;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.testkit.cases.CaseData;
import org.conv4j.testkit.cases.LayerCase;
import org.conv4j.testkit.cases.OpCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases that oneDNN has been seen to compute wrongly. */
class KnownIssuesTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 16, 17, 64})
  void strideAboveOneThatLeavesASingleColumn(int channels) {
    List<ConvolutionLayer<?>> layers =
        List.of(
            Conv2D.of(8, 3).padding(Padding.SAME).strides(1, 3),
            Conv2D.of(8, 2, 5).padding(Padding.SAME).strides(1, 2),
            DepthwiseConv2D.of(3).padding(Padding.SAME).strides(1, 3),
            DepthwiseConv2D.of(2, 7).padding(Padding.SAME).strides(1, 4).dilationRate(2, 1));
    for (ConvolutionLayer<?> layer : layers) {
      LayerCase layerCase = new LayerCase(layer, Shape.of(1, 7, 2, channels));
      for (long seed = 0; seed < 5; seed++) {
        try (CaseData data = layerCase.integers(seed)) {
          assertThat(data.run(Engines.byName(OneDnnEngine.NAME), DataType.FLOAT32))
              .as("%s", layer)
              .containsExactly(data.run(Engines.byName(ReferenceEngine.NAME), DataType.FLOAT32));
        }
      }
    }
  }

  /** A thread cleared what another one was about to read. */
  @Test
  void examplesOfStridedTransposedConvolutionsOnTwoThreads() {
    Window window =
        new Window(IntTuple.of(6), IntTuple.of(3), IntTuple.of(1), IntTuple.of(2), IntTuple.of(3));
    Deconvolution op =
        new Deconvolution(
            Shape.of(8, 1, 2047), Shape.of(8, 1, 4), window, false, Activation.LINEAR);
    OpCase opCase = OpCase.normal(op, new Random(1));
    double[] expected =
        opCase.run(Engines.byName(ReferenceEngine.NAME), DataType.FLOAT32, CompileOptions.DEFAULT);
    for (int run = 0; run < 50; run++) {
      double[] actual =
          opCase.run(
              Engines.byName(OneDnnEngine.NAME),
              DataType.FLOAT32,
              CompileOptions.DEFAULT.withThreads(2));
      assertThat(actual).containsExactly(expected, within(1e-2));
    }
  }
}
