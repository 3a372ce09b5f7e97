package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.cli.data.TensorSet;
import org.conv4j.engine.Tuning;
import org.conv4j.npy.Npy;
import org.conv4j.npy.Npz;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest {
  private static final Path MODEL = SmallModels.path("mobilenet_v2.keras");
  private static final Path BRANCHES = SmallModels.path("branches.keras");

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("org.conv4j.cli.SmallModels#all")
  void answersAsKerasDoes(SmallModels.Sample sample) {
    for (JsonNode golden : sample.entry().path("goldens")) {
      List<Object> args = new ArrayList<>(List.of("run", sample.path()));
      args.addAll(SmallModels.inputs(golden.asText(), folder));
      int count = SmallModels.outputs(golden.asText()).size();
      for (int i = 0; i < count; i++) {
        args.addAll(List.of("--output", output(i)));
      }
      CommandResult.of(args.toArray()).assertSucceeded();
      assertOutputs(golden.asText());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "onednn, float32",
    "java, float32",
    "reference, float32",
    "onednn, float64",
    "java, float64",
    "reference, float64"
  })
  void runsOnEveryEngineInBothTypes(String engine, String type) {
    if (engine.equals("onednn") && type.equals("float64")) {
      NativeBuild.assumeNativeLibrary();
    }
    JsonNode fields = mobileNet("--engine", engine, "--dtype", type, "--json").json();
    assertThat(fields.path("engine").asText()).isEqualTo(engine);
    assertThat(fields.path("dtype").asText()).isEqualTo(type);
    try (Tensor y = Npy.read(output(0))) {
      assertThat(y.dataType().toString()).isEqualTo(type);
    }
    assertOutputs("mobilenet_v2.npz");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--exact", "--tune", "--threads=1", "--mode=throughput"})
  void answersAreTheSameHoweverItIsCompiled(String option) {
    if (!option.equals("--exact") && !option.equals("--tune")) {
      NativeBuild.assumeNativeLibrary();
    }
    System.setProperty(Tuning.CACHE_PROPERTY, folder.resolve("tuning").toString());
    try {
      mobileNet(option).assertSucceeded();
    } finally {
      System.clearProperty(Tuning.CACHE_PROPERTY);
    }
    assertOutputs("mobilenet_v2.npz");
  }

  @Test
  void printsTheOutputsAndTheirFiles() {
    CommandResult result = mobileNet("--engine", "java");
    result.assertSucceeded();
    assertThat(result.out())
        .containsExactly("predictions: (2, 7) -> " + output(0), "java, float32");
  }

  @Test
  void theTimesOfRepeatedRunsAreOrdered() {
    CommandResult text = mobileNet("--repeat", "20");
    assertThat(text.out()).hasSize(3);
    assertThat(text.out().get(2)).contains("20 runs", "min", "p50", "p90", "p99", "max");
    JsonNode fields = mobileNet("--repeat", "20", "--json").json();
    assertThat(fields.path("runs").asInt()).isEqualTo(20);
    JsonNode times = fields.path("microseconds");
    double[] ordered =
        Arrays.stream(new String[] {"min", "p50", "p90", "p99", "max"})
            .mapToDouble(name -> times.path(name).asDouble())
            .toArray();
    assertThat(ordered).isSorted();
    assertThat(ordered[0]).isPositive();
    assertOutputs("mobilenet_v2.npz");
  }

  @Test
  void jsonTellsTheOutputs() {
    JsonNode fields = mobileNet("--json").json();
    assertThat(fields.path("model").asText()).isEqualTo(MODEL.toString());
    JsonNode output = fields.path("outputs").get(0);
    assertThat(output.path("name").asText()).isEqualTo("predictions");
    assertThat(output.path("shape").toString()).isEqualTo("[2,7]");
    assertThat(output.path("file").asText()).isEqualTo(output(0).toString());
    assertThat(fields.path("runs").asInt()).isEqualTo(1);
    assertThat(fields.has("images")).isFalse();
  }

  @Test
  void withoutOutputFilesItOnlyTellsTheShapes() {
    CommandResult result = run(MODEL, SmallModels.inputs("mobilenet_v2.npz", folder));
    result.assertSucceeded();
    assertThat(result.out().get(0)).isEqualTo("predictions: (2, 7)");
  }

  @Test
  void inputsMayBeNamedInAnyOrder() {
    SmallModels.inputs("branches.npz", folder);
    List<Object> named =
        List.of("--input", "extra=" + input(2), "--input", "left=" + input(0), "--input", input(1));
    branches(named).assertSucceeded();
    assertOutputs("branches.npz");
  }

  @Test
  void archivesMayHoldAllInputsAndOutputs() {
    Path inputs = folder.resolve("inputs.npz");
    try (TensorSet golden = new TensorSet(Npz.read(SmallModels.path("branches.npz")))) {
      Map<String, Tensor> named = new LinkedHashMap<>();
      named.put("right", golden.tensors().get("input_1"));
      named.put("left", golden.tensors().get("input_0"));
      named.put("extra", golden.tensors().get("input_2"));
      Npz.write(inputs, named);
    }
    Path outputs = folder.resolve("outputs.npz");
    JsonNode fields =
        run(BRANCHES, List.of("--input", inputs, "--output", outputs, "--json")).json();
    try (TensorSet written = new TensorSet(Npz.read(outputs))) {
      List<double[]> expected = SmallModels.outputs("branches.npz");
      for (int i = 0; i < expected.size(); i++) {
        String name = fields.path("outputs").get(i).path("name").asText();
        assertClose(written.tensors().get(name).toDoubleArray(), expected.get(i));
      }
      assertThat(written.tensors()).hasSize(expected.size());
    }
  }

  @Test
  void anOutputMayGoToAFileAndTheOthersToAnArchive() {
    List<Object> args = new ArrayList<>(SmallModels.inputs("branches.npz", folder));
    Path rest = folder.resolve("rest.npz");
    args.addAll(List.of("--output", output(0), "--output", rest));
    run(BRANCHES, args).assertSucceeded();
    assertThat(output(0)).exists();
    try (TensorSet written = new TensorSet(Npz.read(rest))) {
      assertThat(written.tensors()).hasSize(2);
    }
  }

  @Test
  void refusesInputsThatAreNotTheModels() {
    SmallModels.inputs("branches.npz", folder);
    branches(List.of("--input", input(0))).assertRefused("left, right, extra", "given left");
    branches(List.of("--input", "up=" + input(0))).assertRefused("left, right, extra", "'up'");
    branches(List.of("--input", "left=" + input(0), "--input", "left=" + input(0)))
        .assertRefused("'left' is given twice");
    branches(
            List.of(
                "--input", input(0), "--input", input(1), "--input", input(2), "--input", input(0)))
        .assertRefused("3 inputs", "more are given");
    branches(List.of("--input", input(0), "--input", input(2), "--input", input(1)))
        .assertRefused("'right'", "(None, 12, 10, 3)", "(2, 4)");
    branches(List.of("--input", folder.resolve("missing.npy"))).assertRefused("missing.npy");
    branches(List.of()).assertRefused("--input");
  }

  @Test
  void refusesOutputsThatAreNotTheModels() {
    List<Object> inputs = SmallModels.inputs("mobilenet_v2.npz", folder);
    Object[][] wrong = {
      {"nothing=" + output(0), "'nothing'"},
      {folder.resolve("none").resolve("y.npy"), "y.npy"},
    };
    for (Object[] output : wrong) {
      List<Object> args = new ArrayList<>(inputs);
      args.addAll(List.of("--output", output[0]));
      run(MODEL, args).assertRefused(output[1].toString());
    }
    List<Object> twice = new ArrayList<>(inputs);
    twice.addAll(
        List.of("--output", "predictions=" + output(0), "--output", "predictions=" + output(1)));
    run(MODEL, twice).assertRefused("'predictions' is given twice");
    List<Object> many = new ArrayList<>(inputs);
    many.addAll(List.of("--output", output(0), "--output", output(1)));
    run(MODEL, many).assertRefused("1 outputs", "more files");
    List<Object> same = new ArrayList<>(SmallModels.inputs("branches.npz", folder));
    same.addAll(List.of("--output", output(0), "--output", output(0)));
    run(BRANCHES, same).assertRefused("output_0.npy");
  }

  @Test
  void refusesBadUsage() {
    CommandResult.of("run").assertRefused("MODEL");
    mobileNet("--repeat", "0").assertRefused("--repeat", "0");
    mobileNet("--repeat", "-3").assertRefused("--repeat", "-3");
    mobileNet("--repeat", "2147483647").assertRefused("2147483647");
    mobileNet("--repeat", "often").assertRefused("often");
    mobileNet("--dtype", "float16").assertRefused("float16");
    mobileNet("--engine", "cuda").assertRefused("cuda");
    mobileNet("--threads", "-1").assertRefused("-1");
    mobileNet("--labels", "labels.txt").assertRefused("--labels", "images");
    mobileNet("--preprocess", "tf").assertRefused("--preprocess", "images");
    mobileNet("--preprocess", "pytorch").assertRefused("pytorch", "torch");
    assertThat(output(0)).doesNotExist();
  }

  @Test
  void refusesModelsThatCannotBeRead() throws IOException {
    List<Object> inputs = SmallModels.inputs("mobilenet_v2.npz", folder);
    run(folder.resolve("missing.keras"), inputs).assertRefused("missing.keras");
    run(folder, inputs).assertRefused(folder.toString());
    run(input(0), inputs).assertRefused("input_0.npy");
    byte[] content = Files.readAllBytes(MODEL);
    for (int length : new int[] {0, 1, 100, content.length / 2, content.length - 1}) {
      Path truncated = folder.resolve("truncated.keras");
      Files.write(truncated, Arrays.copyOf(content, length));
      run(truncated, inputs).assertRefused("truncated.keras");
    }
  }

  @Test
  void refusesArraysThatAreTruncated() throws IOException {
    List<Object> inputs = SmallModels.inputs("mobilenet_v2.npz", folder);
    Files.write(input(0), Arrays.copyOf(Files.readAllBytes(input(0)), 1000));
    run(MODEL, inputs).assertRefused("input_0.npy");
  }

  private CommandResult mobileNet(String... options) {
    List<Object> args = new ArrayList<>(SmallModels.inputs("mobilenet_v2.npz", folder));
    args.addAll(List.of("--output", output(0)));
    args.addAll(List.of(options));
    return run(MODEL, args);
  }

  private CommandResult branches(List<Object> inputs) {
    List<Object> args = new ArrayList<>(inputs);
    for (int i = 0; i < 3; i++) {
      args.addAll(List.of("--output", output(i)));
    }
    return run(BRANCHES, args);
  }

  private static CommandResult run(Path model, List<Object> rest) {
    List<Object> args = new ArrayList<>(List.of("run", model));
    args.addAll(rest);
    return CommandResult.of(args.toArray());
  }

  private void assertOutputs(String golden) {
    List<double[]> expected = SmallModels.outputs(golden);
    for (int i = 0; i < expected.size(); i++) {
      try (Tensor y = Npy.read(output(i))) {
        assertClose(y.toDoubleArray(), expected.get(i));
      }
    }
  }

  private static void assertClose(double[] actual, double[] expected) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    assertThat(actual).containsExactly(expected, within(1e-4 * largest));
  }

  private Path input(int index) {
    return folder.resolve("input_" + index + ".npy");
  }

  private Path output(int index) {
    return folder.resolve("output_" + index + ".npy");
  }
}
