package org.conv4j.keras.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.keras.KerasLoader;
import org.conv4j.keras.KerasModel;
import org.conv4j.keras.KerasModels;
import org.conv4j.layer.Layer;
import org.conv4j.layer.core.Dense;
import org.conv4j.layer.core.Identity;
import org.conv4j.layer.reshaping.Flatten;
import org.conv4j.model.Predictor;
import org.conv4j.npy.Npy;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models with layers that only their author knows; {@code custom_layers.py} writes them. */
class CustomLayersTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "custom");
  private static final double TOLERANCE = 1e-5;

  /** A jar's readers. */
  public static final class Provided implements CustomLayers {
    @Override
    public Map<String, CustomLayerReader> readers() {
      return Map.of("my_package>Scale", Readers::scale);
    }
  }

  @TestFactory
  Stream<DynamicTest> answerAsKerasDoes() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> folders = Files.list(FOLDER)) {
      for (Path folder : folders.sorted().toList()) {
        for (String file : List.of("model.keras", "model.h5")) {
          if (!Files.exists(folder.resolve(file))) {
            continue;
          }
          for (Engine engine : Engines.all()) {
            String name = folder.getFileName() + "/" + file + " on " + engine.name();
            for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
              tests.add(
                  DynamicTest.dynamicTest(
                      name + " in " + type,
                      () -> check(Readers.all(), folder.resolve(file), engine, type)));
            }
          }
        }
      }
    }
    assertThat(tests).hasSizeGreaterThanOrEqualTo(76);
    return tests.stream();
  }

  private static void check(KerasLoader loader, Path file, Engine engine, DataType type) {
    try (Tensor given = Npy.read(file.resolveSibling("in_0.npy"));
        Tensor input = given.copyAs(type);
        Tensor expected = Npy.read(file.resolveSibling("out_0.npy"));
        KerasModel model = loader.load(file);
        Predictor predictor = new Predictor(model.model(), type, engine, CompileOptions.DEFAULT);
        Tensor output = predictor.predict(List.of(input)).get(0)) {
      assertThat(output.shape()).isEqualTo(expected.shape());
      for (long i = 0; i < expected.shape().elementCount(); i++) {
        assertThat(Math.abs(output.get(i) - expected.get(i))).isLessThan(TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.keras", "model.h5"})
  void namesAllClassesThatLackAReader(String file) {
    KerasLoader one = KerasModels.reader().layer("my_package>Patches", Readers::patches);
    assertThatThrownBy(() -> one.load(FOLDER.resolve("several").resolve(file)))
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageContainingAll(
            file,
            "'my_package>ChannelPooling' (layer 'pooled'); 'Lambda' (layer 'scaling').",
            "KerasModels.reader().layer(\"my_package>ChannelPooling\", (config, weights) -> ...)")
        .hasMessageNotContainingAny("pooled_again", "Patches")
        .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(400));
  }

  @Test
  void refusesAReaderThatReturnsNullOrThrows() {
    refuses((config, weights) -> null, "layer 'scale_1' of class Scale", "returned null");
    refuses(
        (config, weights) -> {
          throw new IllegalStateException("no idea");
        },
        "layer 'scale_1' of class Scale",
        "its reader failed",
        "no idea");
    refuses((config, weights) -> CustomLayer.of((Dense) null), "its reader failed");
    refuses((config, weights) -> Readers.patches(config, weights), "patch_size is missing");
  }

  @Test
  void refusesVariablesThatAreUnreadOrMissing() {
    refuses(
        (config, weights) -> CustomLayer.of(Identity.of()), "it has not read '0' (3,), '1' (3,)");
    refuses((config, weights) -> CustomLayer.of(weight(weights.get("7"))), "'7'", "'0'", "'1'");
    refuses((config, weights) -> CustomLayer.of(weight(weights.get(2))), "no variable 2");
    KerasLoader ignoring = KerasModels.reader().layer("Scale", withoutVariables(Identity.of()));
    ignoring.load(FOLDER.resolve("scale/model.keras")).close();
  }

  private static CustomLayerReader withoutVariables(Layer layer) {
    return (config, weights) -> {
      weights.ignoreOthers();
      return CustomLayer.of(layer);
    };
  }

  private static Dense weight(Object ignored) {
    return Dense.of(1);
  }

  @Test
  void namesVariablesAsTheFileDoes() {
    List<String> names = new ArrayList<>();
    KerasLoader loader =
        KerasModels.reader()
            .layer(
                "my_package>Halves",
                (config, weights) -> {
                  names.addAll(weights.names());
                  return Readers.halves(config, weights);
                });
    loader.load(FOLDER.resolve("halves/model.h5")).close();
    loader.load(FOLDER.resolve("halves/model.keras")).close();
    assertThat(names)
        .containsExactly(
            "first/kernel",
            "first/bias",
            "second/kernel",
            "second/bias",
            "first/0",
            "first/1",
            "second/0",
            "second/1");
  }

  @Test
  void refusesALayerThatItsWeightsDoNotFit() {
    KerasLoader loader =
        KerasModels.reader()
            .layer(
                "Scale",
                (config, weights) ->
                    CustomLayer.of(
                        Dense.of(3),
                        Weights.ofConstants(
                            Map.of("kernel", weights.get(0), "bias", weights.get(1)))));
    assertThatThrownBy(() -> loader.load(FOLDER.resolve("scale/model.keras")))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContainingAll("model.keras", "'scale_1' of class Scale", "kernel", "(3, 3)");
  }

  @Test
  void refusesALayerWhoseOutputDoesNotFitTheNext() {
    KerasLoader loader = Readers.all().layer("my_package>Scale", withoutVariables(Flatten.of()));
    assertThatThrownBy(() -> loader.load(FOLDER.resolve("scale/model.keras")))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("model.keras");
  }

  @Test
  void refusesAnOutputThatTheReaderDoesNotGive() {
    KerasLoader loader = KerasModels.reader().layer("Halves", withoutVariables(Identity.of()));
    assertThatThrownBy(() -> loader.load(FOLDER.resolve("halves/model.h5")))
        .hasMessageContaining("output 1 of layer 'halves'");
  }

  @Test
  void aClassHasOneReader() {
    KerasLoader loader = KerasModels.reader().layer("Lambda", Readers::lambda);
    assertThatThrownBy(() -> loader.layer("Lambda", Readers::lambda))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("'Lambda'");
    assertThatThrownBy(() -> loader.layer("", Readers::lambda))
        .isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(() -> loader.layer("Other", null))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @Test
  void aJarMayBringReaders(@TempDir Path jar) throws IOException {
    Path file = FOLDER.resolve("scale/model.keras");
    assertThatThrownBy(() -> KerasModels.load(file)).hasMessageContaining("my_package>Scale");
    Path services = Files.createDirectories(jar.resolve("META-INF/services"));
    Files.writeString(services.resolve(CustomLayers.class.getName()), Provided.class.getName());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
      thread.setContextClassLoader(loader);
      check(KerasModels.reader(), file, Engines.byName("reference"), DataType.FLOAT32);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static void refuses(CustomLayerReader reader, String... parts) {
    KerasLoader loader = KerasModels.reader().layer("my_package>Scale", reader);
    assertThatThrownBy(() -> loader.load(FOLDER.resolve("scale/model.keras")))
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageContainingAll(parts);
  }
}
