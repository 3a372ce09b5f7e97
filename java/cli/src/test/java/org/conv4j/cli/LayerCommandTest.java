package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.conv4j.npy.Npy;
import org.conv4j.npy.Npz;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerCommandTest {
  private static final String CAUSAL =
      """
      {"class_name": "Conv1D", "config": {"name": "causal", "filters": 1, "kernel_size": [2],
       "padding": "causal"}}
      """;

  @TempDir Path folder;
  private Path layer;
  private Path weights;
  private Path input;
  private Path output;

  @BeforeEach
  void writeALayerThatSubtractsThePast() throws IOException {
    layer = Files.writeString(folder.resolve("layer.json"), CAUSAL);
    weights = folder.resolve("w.npz");
    input = folder.resolve("x.npy");
    output = folder.resolve("y.npy");
    try (Tensor kernel = Tensor.of(Shape.of(2, 1, 1), -1f, 1f);
        Tensor bias = Tensor.of(Shape.of(1), 10f);
        Tensor x = Tensor.of(Shape.of(1, 4, 1), 1f, 3f, 6f, 10f)) {
      Npz.write(weights, Map.of("kernel", kernel, "bias", bias));
      Npy.write(input, x);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"onednn", "reference"})
  void writesTheLayersOutput(String engine) {
    CommandResult result = run("--engine", engine);
    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).hasSize(1);
    assertThat(result.out().get(0)).contains("causal", "(1, 4, 1)", "float32", engine);
    try (Tensor y = Npy.read(output)) {
      assertThat(y.dataType()).isEqualTo(DataType.FLOAT32);
      assertThat(y.shape()).isEqualTo(Shape.of(1, 4, 1));
      assertThat(y.toFloatArray()).containsExactly(11f, 12f, 13f, 14f);
    }
  }

  @Test
  void computesWithTheDataTypeThatItIsToldTo() {
    assertThat(run("--dtype", "float64").exitCode()).isZero();
    try (Tensor y = Npy.read(output)) {
      assertThat(y.dataType()).isEqualTo(DataType.FLOAT64);
      assertThat(y.toDoubleArray()).containsExactly(11, 12, 13, 14);
    }
  }

  @Test
  void takesTheDataTypeOfTheLayer() throws IOException {
    Files.writeString(layer, CAUSAL.replace("\"filters\"", "\"dtype\": \"float64\", \"filters\""));
    assertThat(run().exitCode()).isZero();
    try (Tensor y = Npy.read(output)) {
      assertThat(y.dataType()).isEqualTo(DataType.FLOAT64);
    }
  }

  @Test
  void runsLayersWithoutWeightsOnSeveralInputs() throws IOException {
    Files.writeString(layer, "{\"class_name\": \"Subtract\", \"config\": {\"name\": \"less\"}}");
    Path other = folder.resolve("other.npy");
    Path both = folder.resolve("both.npz");
    try (Tensor x = Tensor.of(Shape.of(1, 4, 1), 1f, 3f, 6f, 10f);
        Tensor one = Tensor.of(Shape.of(1, 1, 1), 1f)) {
      Npy.write(other, one);
      Map<String, Tensor> named = new LinkedHashMap<>();
      named.put("x", x);
      named.put("one", one);
      Npz.write(both, named);
    }
    Object[][] ways = {{"--input", input, "--input", other}, {"--input", both}};
    for (Object[] way : ways) {
      Object[] args = {"layer", layer, "--output", output, "--engine", "reference"};
      Object[] all = java.util.Arrays.copyOf(args, args.length + way.length);
      System.arraycopy(way, 0, all, args.length, way.length);
      CommandResult result = CommandResult.of(all);
      assertThat(result.err()).isEmpty();
      assertThat(result.out().get(0)).contains("less: (1, 4, 1), (1, 1, 1) -> (1, 4, 1)");
      try (Tensor y = Npy.read(output)) {
        assertThat(y.toFloatArray()).containsExactly(0f, 2f, 5f, 9f);
      }
    }
    assertRefused(
        CommandResult.of("layer", layer, "--input", input, "--output", output), "less", "two");
  }

  @Test
  void mayReplaceItsInput() {
    assertThat(
            CommandResult.of(
                    "layer", layer, "--weights", weights, "--input", input, "--output", input)
                .exitCode())
        .isZero();
    try (Tensor y = Npy.read(input)) {
      assertThat(y.toFloatArray()).containsExactly(11f, 12f, 13f, 14f);
    }
  }

  @Test
  void printsJson() throws IOException {
    CommandResult result = run("--json");
    var fields = new ObjectMapper().readTree(String.join("\n", result.out()));
    assertThat(fields.path("output_shape").toString()).isEqualTo("[1,4,1]");
    assertThat(fields.path("dtype").asText()).isEqualTo("float32");
  }

  @Test
  void missingFilesAreOneLineEach() throws IOException {
    for (Path file : new Path[] {layer, weights, input}) {
      byte[] content = Files.readAllBytes(file);
      Files.delete(file);
      assertRefused(run(), file.getFileName().toString());
      Files.write(file, content);
    }
  }

  @Test
  void truncatedFilesAreOneLineEach() throws IOException {
    for (Path file : new Path[] {layer, weights, input}) {
      byte[] content = Files.readAllBytes(file);
      for (int length : new int[] {0, 1, content.length / 2, content.length - 1}) {
        if (file == layer && length == content.length - 1) {
          continue; // only the line end is missing
        }
        Files.write(file, java.util.Arrays.copyOf(content, length));
        assertRefused(run(), file.getFileName().toString());
      }
      Files.write(file, content);
    }
  }

  @Test
  void refusesAnOutputThatCannotBeWritten() {
    Path missing = folder.resolve("missing").resolve("y.npy");
    assertRefused(
        CommandResult.of(
            "layer", layer, "--weights", weights, "--input", input, "--output", missing),
        "y.npy");
  }

  @Test
  void refusesWeightsAndInputsThatDoNotFit() throws IOException {
    try (Tensor kernel = Tensor.allocate(DataType.FLOAT32, Shape.of(2, 3, 1));
        Tensor bias = Tensor.allocate(DataType.FLOAT32, Shape.of(1));
        Tensor image = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 4, 4, 1))) {
      Npz.write(weights, Map.of("kernel", kernel, "bias", bias));
      assertRefused(run(), "(2, 1, 1)", "(2, 3, 1)");
      Npz.write(weights, Map.of("bias", bias));
      assertRefused(run(), "kernel");
      Npy.write(input, image);
      assertRefused(run(), "(1, 4, 4, 1)");
    }
    assertThat(output).doesNotExist();
  }

  @Test
  void refusesBadUsage() {
    assertRefused(CommandResult.of("layer"), "--input");
    assertRefused(run("--dtype", "float31"), "float31");
    assertRefused(
        CommandResult.of("layer", layer, "--input", input, "--output", "y.npz"), ".npy", "y.npz");
    assertRefused(run("--engine", "cuda"), "cuda", "reference");
    assertRefused(run("--threads", "-1"), "-1");
    assertRefused(run("--threads", "many"), "many");
    assertRefused(run("--colour"), "--colour");
    assertRefused(CommandResult.of("layers"), "layers");
    assertRefused(CommandResult.of(), "command");
  }

  @Test
  void debugShowsTheStackTrace() throws IOException {
    Files.delete(input);
    assertThat(run("--debug").err()).anyMatch(line -> line.startsWith("\tat org.conv4j"));
  }

  private CommandResult run(String... options) {
    Object[] args = {"layer", layer, "--weights", weights, "--input", input, "--output", output};
    Object[] all = java.util.Arrays.copyOf(args, args.length + options.length);
    System.arraycopy(options, 0, all, args.length, options.length);
    return CommandResult.of(all);
  }

  private static void assertRefused(CommandResult result, String... parts) {
    result.assertRefused(parts);
  }

  @Test
  void arraysMayBeTables() throws IOException {
    Files.writeString(layer, "{\"class_name\": \"ReLU\", \"config\": {\"name\": \"positive\"}}");
    Path table = Files.writeString(folder.resolve("x.csv"), "1,-2\n-3,4\n");
    Path result = folder.resolve("y.csv");
    assertThat(CommandResult.of("layer", layer, "--input", table, "--output", result).err())
        .isEmpty();
    assertThat(result).hasContent("1.0,0.0\n0.0,4.0\n");
    CommandResult.of("layer", layer, "--input", table, "--output", folder.resolve("y.png"))
        .assertRefused("--output", "y.png");
  }
}
