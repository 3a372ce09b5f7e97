package org.conv4j.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.file.ModelFile;
import org.conv4j.model.Predictor;
import org.conv4j.npy.Npy;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and order of weights in legacy files; renamed_weights.py wrote the files. */
class LegacyNamesTest {
  private static final Path RENAMED = Path.of("src", "test", "resources", "renamed");
  private static final Path ANSWERS = Path.of("src", "test", "resources", "answers");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"numbered, keras2_frozen_parts_h5", "unknown, keras2_thawed_last_layer_h5"})
  void namesWithASuffixTellTheLayerAndUnknownNamesLeaveItToTheOrder(String name, String original) {
    try (KerasModel model = KerasModels.load(RENAMED.resolve(name + ".h5"))) {
      check(model, original);
    }
  }

  @Test
  void keras3HasItsOwnOrder() {
    try (KerasModel model = KerasModels.load(RENAMED.resolve("unknown3.h5"))) {
      check(model, "keras3_frozen_parts_h5");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "exchanged, stem_0",
    "exchanged2, second",
    "variables, gamma",
    "layers, dense",
  })
  void namesThatContradictTheOrderAreRefused(String name, String layer) {
    assertThatThrownBy(() -> KerasModels.load(RENAMED.resolve(name + ".h5")))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining(layer)
        .hasMessageContaining("contradict");
  }

  @Test
  void ofWeightsAloneTheNamesTellWhatWasFrozen() throws IOException {
    Path file = ANSWERS.resolve("keras2_frozen_parts_h5/model.h5");
    String json;
    try (ModelFile open = ModelFile.open(file)) {
      json = open.configJson();
    }
    Path config = folder.resolve("thawed.json");
    Files.writeString(config, json.replaceAll("\"trainable\": *false", "\"trainable\": true"));
    try (KerasModel model = KerasModels.load(config, file)) {
      check(model, "keras2_frozen_parts_h5");
    }
  }

  private static void check(KerasModel model, String original) {
    try (Tensor input = Npy.read(ANSWERS.resolve(original + "/in_0.npy"));
        Tensor expected = Npy.read(ANSWERS.resolve(original + "/out_0.npy"));
        Predictor predictor =
            new Predictor(
                model.model(),
                model.dataType(),
                Engines.byName("reference"),
                CompileOptions.DEFAULT);
        Tensor output = predictor.predict(input)) {
      for (long i = 0; i < expected.shape().elementCount(); i++) {
        assertThat(output.get(i))
            .isCloseTo(expected.get(i), within(1e-5 * Math.max(1, Math.abs(expected.get(i)))));
      }
    }
  }
}
