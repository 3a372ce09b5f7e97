package org.conv4j.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.error.MalformedFileException;
import org.conv4j.layer.Layer;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.core.Dense;
import org.conv4j.layer.normalization.BatchNormalization;
import org.conv4j.layer.reshaping.Flatten;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Predictor;
import org.conv4j.npy.Npy;
import org.conv4j.shape.Padding;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights without a configuration, for layers that the program makes. */
class WeightsAloneTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "weights_alone");
  private static final InputSpec INPUT = new InputSpec("image", List.of(InputSpec.ANY, 6L, 5L, 3L));
  private static final Layer CONV =
      Conv2D.of(3, 3).padding(Padding.SAME).activation(Activation.RELU);
  private static final List<Layer> LAYERS =
      List.of(CONV, BatchNormalization.of(), Flatten.of(), Dense.of(2));

  @ParameterizedTest
  @CsvSource({
    "keras3_model, model.weights.h5",
    "keras2_model, model.weights.h5",
    "keras2_legacy, legacy.h5"
  })
  void fillTheLayersOfTheProgram(String name, String file) {
    Path folder = FOLDER.resolve(name);
    try (KerasModel model = KerasModels.loadWeights(INPUT, LAYERS, folder.resolve(file));
        Predictor predictor =
            new Predictor(
                model.model(),
                model.dataType(),
                Engines.byName("reference"),
                CompileOptions.DEFAULT);
        Tensor input = Npy.read(folder.resolve("in_0.npy"));
        Tensor expected = Npy.read(folder.resolve("out_0.npy"));
        Tensor output = predictor.predict(input)) {
      assertThat(output.shape()).isEqualTo(expected.shape());
      for (long i = 0; i < expected.shape().elementCount(); i++) {
        assertThat(output.get(i)).isCloseTo(expected.get(i), within(1e-4));
      }
    }
  }

  @Test
  void ofOtherLayersAreRefused() {
    Path weights = FOLDER.resolve("keras3_model/model.weights.h5");
    List<Layer> layers = List.of(CONV, Flatten.of(), Dense.of(2));
    assertThatThrownBy(() -> KerasModels.loadWeights(INPUT, layers, weights))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("batch_normalization");
  }

  @Test
  void layersNeedNamesOfTheirOwn() {
    Path weights = FOLDER.resolve("keras3_model/model.weights.h5");
    assertThatThrownBy(() -> KerasModels.loadWeights(INPUT, List.of(CONV, CONV), weights))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("named 'conv2d'");
  }
}
