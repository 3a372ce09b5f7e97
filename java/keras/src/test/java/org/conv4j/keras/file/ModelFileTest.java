package org.conv4j.keras.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.ElementType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Constant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
  @ParameterizedTest
  @CsvSource({
    "keras3.keras, KERAS_ARCHIVE",
    "newstyle.keras, KERAS_ARCHIVE",
    "keras2.keras, KERAS_ARCHIVE",
    "keras3.h5, LEGACY_HDF5",
    "keras2.h5, LEGACY_HDF5",
    "splitnames.h5, LEGACY_HDF5",
    "newstyle.h5, LEGACY_HDF5",
    "folder, CONFIG_AND_WEIGHTS",
    "sharded, CONFIG_AND_WEIGHTS",
    "tfjs, TFJS_LAYERS",
    "tfjs-uint8, TFJS_LAYERS",
    "tfjs-uint16, TFJS_LAYERS",
    "tfjs-float16, TFJS_LAYERS"
  })
  void readsEveryWeightOfEveryFormat(String name, ModelFormat format) {
    try (ModelFile file = ModelFile.open(ModelSamples.path(name))) {
      assertThat(file.format()).isEqualTo(format);
      assertThat(file.configJson()).startsWith("{").contains("\"class_name\"", "\"config\"");
      assertSameWeights(file.weights(), name);
    }
  }

  @Test
  void readsADeflatedArchive() {
    try (ModelFile file = ModelFile.open(ModelSamples.path("deflated.keras"))) {
      assertSameWeights(file.weights(), "keras3.keras");
    }
  }

  @Test
  void readsWeightsOfKeras2BesideTheirConfiguration() {
    Path folder = ModelSamples.path("keras2weights");
    try (ModelFile file =
        ModelFile.open(folder.resolve("config.json"), folder.resolve("weights.h5"))) {
      assertThat(file.kerasVersion())
          .hasValueSatisfying(version -> assertThat(version).startsWith("2."));
      assertSameWeights(file.weights(), "keras2weights");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"folder/config.json", "folder/model.weights.h5"})
  void findsTheOtherFileInTheFolder(String name) {
    try (ModelFile file = ModelFile.open(ModelSamples.path(name))) {
      assertSameWeights(file.weights(), "folder");
    }
  }

  @Test
  void tellsTheVersionOfKeras() {
    try (ModelFile archive = ModelFile.open(ModelSamples.path("keras3.keras"));
        ModelFile legacy = ModelFile.open(ModelSamples.path("keras2.h5"));
        ModelFile javascript = ModelFile.open(ModelSamples.path("tfjs"))) {
      assertThat(archive.kerasVersion()).hasValue("3.15.1");
      assertThat(legacy.kerasVersion()).hasValue("2.21.0");
      assertThat(javascript.kerasVersion()).isPresent();
    }
  }

  @Test
  void treeFollowsTheModel() {
    try (ModelFile file = ModelFile.open(ModelSamples.path("keras3.keras"))) {
      WeightTree tree = (WeightTree) file.weights();
      assertThat(tree.children("layers")).contains("conv2d", "conv2d_1", "sequential");
      assertThat(tree.layerName("layers/conv2d")).hasValue("stem");
      assertThat(tree.variables("layers/conv2d"))
          .extracting(SavedWeight::name)
          .containsExactly("0", "1");
      assertThat(tree.children("layers/sequential/layers")).contains("conv2d", "p_re_lu");
      assertThat(tree.has("layers/flatten")).isTrue();
      assertThat(tree.variables("layers/flatten")).isEmpty();
      assertThat(tree.has("layers/unheard_of")).isFalse();
      assertThat(tree.variables("layers/unheard_of")).isEmpty();
    }
  }

  @Test
  void listsLayersInTheModelsOrder() {
    try (ModelFile file = ModelFile.open(ModelSamples.path("keras2.h5"))) {
      assertThat(((LayerWeights) file.weights()).layers())
          .extracting(LayerWeights.Group::layer)
          .containsExactly("conv2d", "batch_normalization", "block/depthwise", "flatten", "dense");
    }
  }

  @Test
  void widensNarrowFloats() {
    try (ModelFile file = ModelFile.open(ModelSamples.path("keras3.keras"))) {
      WeightTree tree = (WeightTree) file.weights();
      SavedWeight half = tree.variables("layers/dense").get(0);
      SavedWeight brain = tree.variables("layers/conv2d_1").get(0);
      assertThat(List.of(half.elementType(), brain.elementType()))
          .containsExactly(ElementType.FLOAT16, ElementType.BFLOAT16);
      for (SavedWeight weight : List.of(half, brain)) {
        try (Tensor read = ((Constant.Stored) weight.constant()).source().get()) {
          assertThat(read.dataType()).isEqualTo(DataType.FLOAT32);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void closingEndsTheReadingOfWeights(boolean inMemory) {
    String name = "keras3.keras";
    ModelFile file =
        inMemory
            ? ModelFile.open(ModelSamples.bytes(name), name)
            : ModelFile.open(ModelSamples.path(name));
    SavedWeight weight = ((WeightTree) file.weights()).variables("layers/dense").get(0);
    Constant constant = weight.constant();
    assertThat(constant.elements()).isEqualTo(constant.elements());
    file.close();
    file.close();
    assertThatThrownBy(constant::elements).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(weight::constant)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("keras3.keras is closed");
    assertThatThrownBy(() -> ((WeightTree) file.weights()).children(""))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void namesAMissingFile(@TempDir Path folder) {
    assertThatThrownBy(() -> ModelFile.open(folder.resolve("none.keras")))
        .isInstanceOf(FileAccessException.class)
        .hasMessageContaining("none.keras: there is no such file");
    assertThatThrownBy(() -> ModelFile.open(folder))
        .isInstanceOf(FileAccessException.class)
        .hasMessageContaining("neither config.json nor model.json");
  }

  @Test
  void saysThatWeightsAloneAreNoModel(@TempDir Path folder) throws Exception {
    Path copy = folder.resolve("some.weights.h5");
    Files.copy(ModelSamples.path("folder/model.weights.h5"), copy);
    assertThatThrownBy(() -> ModelFile.open(copy))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("it holds weights only. Give its config.json too");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "[1]", "{}", "PK", "\u0089HDF"})
  void refusesWhatIsNoModel(String content, @TempDir Path folder) throws Exception {
    Path path = folder.resolve("model.keras");
    Files.writeString(path, content);
    assertThatThrownBy(() -> ModelFile.open(path))
        .isInstanceOfAny(MalformedFileException.class, FileAccessException.class)
        .hasMessageContaining(folder.toString());
  }

  static void assertSameWeights(ModelWeights weights, String name) {
    Map<String, Tensor> expected = ModelSamples.expected(name);
    Map<String, Constant> found = ModelSamples.all(weights);
    assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
    if (weights instanceof LayerWeights) {
      assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
    }
    // The tensors are exact copies, but TensorFlow.js's converter dequantises in float32.
    Offset<Float> offset = Offset.offset(name.startsWith("tfjs-uint") ? 1e-6f : 0f);
    expected.forEach(
        (key, tensor) -> {
          assertThat(found.get(key).shape()).as(key).isEqualTo(tensor.shape());
          try (tensor;
              Tensor read = found.get(key).copyAs(DataType.FLOAT32)) {
            assertThat(read.toFloatArray())
                .as(key)
                .usingComparatorWithPrecision(offset.value)
                .containsExactly(tensor.toFloatArray());
          }
        });
  }
}
