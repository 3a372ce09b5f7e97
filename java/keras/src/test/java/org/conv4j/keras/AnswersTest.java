package org.conv4j.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.model.Predictor;
import org.conv4j.npy.Npy;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Small models of every writer, with what their own framework answers. */
class AnswersTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "answers");

  /** Of the largest output. */
  private static final double TOLERANCE = 1e-5;

  @TestFactory
  Stream<DynamicTest> areThoseOfTheWriter() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      List<Path> models = folders.filter(Files::isDirectory).sorted().toList();
      assertThat(models).isNotEmpty();
      return models.stream()
          .map(model -> DynamicTest.dynamicTest(model.getFileName().toString(), () -> check(model)))
          .toList()
          .stream();
    }
  }

  private static void check(Path folder) throws IOException {
    List<Tensor> inputs = tensors(folder, "in_");
    List<Tensor> expected = tensors(folder, "out_");
    try (KerasModel model = KerasModels.load(model(folder));
        Predictor predictor =
            new Predictor(
                model.model(),
                model.dataType(),
                Engines.byName("reference"),
                CompileOptions.DEFAULT)) {
      List<Tensor> outputs = predictor.predict(inputs);
      assertThat(outputs).hasSameSizeAs(expected).isNotEmpty();
      for (int i = 0; i < outputs.size(); i++) {
        compare(outputs.get(i), expected.get(i));
      }
      outputs.forEach(Tensor::close);
    } finally {
      inputs.forEach(Tensor::close);
      expected.forEach(Tensor::close);
    }
  }

  private static void compare(Tensor output, Tensor expected) {
    assertThat(output.shape()).isEqualTo(expected.shape());
    double largest = 0;
    double error = 0;
    for (long i = 0; i < expected.shape().elementCount(); i++) {
      largest = Math.max(largest, Math.abs(expected.get(i)));
      error = Math.max(error, Math.abs(expected.get(i) - output.get(i)));
    }
    assertThat(error).isLessThanOrEqualTo(TOLERANCE * largest);
  }

  private static Path model(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("model"))
          .filter(file -> !file.toString().endsWith(".bin"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static List<Tensor> tensors(Path folder, String prefix) {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; Files.exists(folder.resolve(prefix + i + ".npy")); i++) {
      tensors.add(Npy.read(folder.resolve(prefix + i + ".npy")));
    }
    return tensors;
  }
}
