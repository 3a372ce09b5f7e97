package org.conv4j.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.error.MalformedFileException;
import org.conv4j.file.LayerSummary;
import org.conv4j.file.ParameterCount;
import org.conv4j.keras.json.ArrayNode;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.KerasJson;
import org.conv4j.keras.json.ObjectNode;
import org.conv4j.model.InputSpec;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Loads what real Keras saved; its answers are compared by the contract of the engines. */
class KerasModelsTest {
  private static final Path MODELS = Path.of("src", "test", "resources", "models");
  private static final Path WEIGHTS = MODELS.resolve("ds_cnn/model.weights.h5");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> everySavedModelHasKerasSignature() throws IOException {
    JsonNode index = KerasJson.object(Files.readString(MODELS.resolve("index.json")), "index.json");
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode model : index.path("models")) {
      for (JsonNode file : model.path("files")) {
        if (!file.asText().endsWith(".weights.h5") && !file.asText().endsWith(".bin")) {
          tests.add(DynamicTest.dynamicTest(file.asText(), () -> check(model, file.asText())));
        }
      }
    }
    return tests.stream();
  }

  private static void check(JsonNode expected, String file) {
    try (KerasModel model = KerasModels.load(MODELS.resolve(file))) {
      assertThat(model.parameters().total()).isEqualTo(expected.path("parameters").longValue());
      assertThat(model.inputs()).extracting(InputSpec::dims).isEqualTo(dims(expected, "inputs"));
      assertThat(model.outputNames()).hasSameSizeAs(expected.path("outputs"));
      long rows =
          model.layers().stream()
              .filter(layer -> layer.depth() == 0)
              .mapToLong(layer -> layer.parameters().total())
              .sum();
      assertThat(rows).isGreaterThanOrEqualTo(model.parameters().total());
    }
  }

  private static List<List<Long>> dims(JsonNode model, String key) {
    List<List<Long>> all = new ArrayList<>();
    for (JsonNode tensor : model.path(key)) {
      List<Long> dims = new ArrayList<>();
      tensor.path("shape").forEach(d -> dims.add(d.isNull() ? InputSpec.ANY : d.longValue()));
      all.add(dims);
    }
    return all;
  }

  @Test
  void tellsWhatTheSummaryTells() {
    try (KerasModel model = KerasModels.load(MODELS.resolve("nested.keras"))) {
      assertThat(model.name()).isEqualTo("nested");
      assertThat(model.format()).isEqualTo("KERAS_ARCHIVE");
      assertThat(model.kerasVersion()).isPresent();
      assertThat(model.dataType()).isEqualTo(DataType.FLOAT32);
      assertThat(model.layers())
          .extracting(LayerSummary::path)
          .containsSubsequence(
              "outer_input", "residual", "residual/block", "residual/block/norm", "head");
      LayerSummary norm =
          model.layers().stream()
              .filter(layer -> layer.path().equals("residual/block/norm"))
              .findFirst()
              .orElseThrow();
      assertThat(norm.className()).isEqualTo("BatchNormalization");
      assertThat(norm.depth()).isEqualTo(2);
      assertThat(norm.inputs()).containsExactly("conv");
      assertThat(norm.output()).containsExactly(InputSpec.ANY, 9L, 9L, 5L);
      assertThat(norm.parameters()).isEqualTo(new ParameterCount(10, 10));
      assertThat(model.parameters().nonTrainable()).isEqualTo(10);
    }
  }

  @Test
  void openExtentsStayOpen() {
    try (KerasModel model = KerasModels.load(MODELS.resolve("unet.keras"))) {
      List<LayerSummary> layers = model.layers();
      assertThat(layers.get(layers.size() - 1).output().subList(0, 3)).containsOnly(InputSpec.ANY);
    }
  }

  @Test
  void aClosedModelCompilesNoMore() {
    KerasModel model = KerasModels.load(MODELS.resolve("ds_cnn.keras"));
    model.close();
    model.close();
    Shape input = model.inputs().get(0).withAny(1);
    assertThatThrownBy(
            () ->
                model
                    .model()
                    .compile(
                        input,
                        DataType.FLOAT32,
                        Engines.byName("reference"),
                        CompileOptions.DEFAULT))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Loads the weights of a network with its configuration changed, in both of Keras's formats. */
  private void refused(Consumer<ArrayNode> change, String... words) throws IOException {
    ObjectNode model =
        (ObjectNode)
            KerasJson.object(Files.readString(MODELS.resolve("ds_cnn/config.json")), "config");
    change.accept((ArrayNode) model.path("config").path("layers"));
    Path config = Files.writeString(folder.resolve("changed.json"), model.toString());
    for (Path weights : List.of(WEIGHTS, MODELS.resolve("ds_cnn.h5"))) {
      assertThatThrownBy(() -> KerasModels.load(config, weights))
          .as("%s", weights)
          .isInstanceOf(MalformedFileException.class)
          .hasMessageContainingAll(words);
    }
  }

  private static ObjectNode lastArguments(ArrayNode layers) {
    return (ObjectNode) layers.get(layers.size() - 1).path("config");
  }

  @Test
  void weightsOfAnotherShapeAreRefused() throws IOException {
    refused(layers -> lastArguments(layers).put("units", 13), "'dense'", "13", "12", "shape");
  }

  @Test
  void missingWeightsAreRefused() throws IOException {
    refused(
        layers -> {
          ObjectNode another = (ObjectNode) layers.get(layers.size() - 1).deepCopy();
          ((ObjectNode) another.path("config")).put("name", "another");
          layers.add(another);
        },
        "another");
  }

  @Test
  void superfluousWeightsAreRefused() throws IOException {
    refused(layers -> layers.remove(layers.size() - 1), "weights", "dense");
    refused(layers -> lastArguments(layers).put("use_bias", false), "'dense'", "weights");
  }

  @Test
  void weightsOfTensorFlowJsAreFoundByName() throws IOException {
    Path source = MODELS.resolve("tfjs_float32");
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Path json = folder.resolve("model.json");
    String text = Files.readString(json);
    Files.writeString(json, text.replaceFirst("/kernel\"", "/colonel\""));
    assertThatThrownBy(() -> KerasModels.load(json))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContainingAll("needs a weight", "kernel", "colonel");
  }
}
