package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.keras.KerasModel;
import org.conv4j.keras.KerasModels;
import org.conv4j.model.Predictor;
import org.conv4j.npy.Npy;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames of a film, and steps that masks hide, on every engine. */
class SequencesTest {
  private static final Path FOLDER = Path.of("../keras/src/test/resources/answers");

  @ParameterizedTest
  @CsvSource({
    "keras3_next_frame_keras, FLOAT32",
    "keras3_next_frame_keras, FLOAT64",
    "keras3_embedded_steps_keras, FLOAT32",
    "keras3_embedded_steps_keras, FLOAT64",
    "keras3_masked_functional_keras, FLOAT32",
    "keras3_masked_functional_keras, FLOAT64"
  })
  void answersAsKerasDoes(String name, DataType dataType) {
    Path folder = FOLDER.resolve(name);
    for (Engine engine : Engines.all()) {
      try (KerasModel loaded = KerasModels.load(folder.resolve("model.keras"));
          Predictor predictor =
              new Predictor(loaded.model(), dataType, engine, CompileOptions.DEFAULT);
          Tensor stored = Npy.read(folder.resolve("in_0.npy"));
          Tensor input = stored.copyAs(dataType)) {
        List<Tensor> outputs = predictor.predict(List.of(input));
        for (int i = 0; i < outputs.size(); i++) {
          try (Tensor output = outputs.get(i);
              Tensor expected = Npy.read(folder.resolve("out_" + i + ".npy"))) {
            assertThat(output.shape()).isEqualTo(expected.shape());
            for (long j = 0; j < expected.shape().elementCount(); j++) {
              double error = Math.abs(output.get(j) - expected.get(j));
              assertThat(error).as(engine.name()).isLessThan(1e-5);
            }
          }
        }
      }
    }
  }
}
