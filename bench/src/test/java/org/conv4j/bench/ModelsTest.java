package org.conv4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.conv4j.bench.command.ExitCode;
import org.conv4j.bench.models.ModelResults;
import org.conv4j.bench.record.JsonFiles;
import org.conv4j.npy.Npz;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a small network that real Keras saved, in a process of its own. */
class ModelsTest {
  private static final Path SAVED =
      Path.of("..", "java", "keras", "src", "test", "resources", "models");

  @TempDir private Path folder;
  private Path networks;

  @BeforeEach
  void copyNetwork() throws IOException {
    networks = folder.resolve("networks");
    Path network = Files.createDirectories(networks.resolve("small"));
    Files.copy(SAVED.resolve("mobilenet_v2.keras"), network.resolve("model.keras"));
    Map<String, Tensor> golden = Npz.read(SAVED.resolve("mobilenet_v2.npz"));
    Npz.write(
        network.resolve("golden.npz"),
        Map.of("input", golden.get("input_0"), "output", golden.get("output_0")));
    golden.values().forEach(Tensor::close);
  }

  private int models(String... options) {
    return models(0, options);
  }

  private int models(int quickStarts, String... options) {
    String[] args = new String[options.length + 15];
    String[] fixed = {
      "models",
      "--dir",
      networks.toString(),
      "--threads",
      "1",
      "--batch",
      "1",
      "--processes",
      "1",
      "--milliseconds",
      "1",
      "--quick-starts",
      Integer.toString(quickStarts),
      "--output",
      folder.toString()
    };
    System.arraycopy(fixed, 0, args, 0, fixed.length);
    System.arraycopy(options, 0, args, fixed.length, options.length);
    return Bench.run(args);
  }

  private ModelResults results() {
    return JsonFiles.read(folder.resolve("models.json"), ModelResults.class);
  }

  @Test
  void aNetworkIsCheckedAndMeasured() {
    assertThat(models()).isZero();
    assertThat(results().measurements())
        .singleElement()
        .satisfies(
            measured -> {
              assertThat(measured.model()).isEqualTo("small");
              assertThat(measured.milliseconds()).isPositive();
              assertThat(measured.startMilliseconds()).isGreaterThan(measured.milliseconds());
              assertThat(measured.quickStartMilliseconds()).isNaN();
              assertThat(measured.peakMegabytes()).isGreaterThan(10);
              assertThat(measured.error()).isLessThan(1e-4);
            });
    assertThat(folder.resolve("models.md")).content().contains("| small | 1 | 1 |");
  }

  @Test
  void callsAreTimedBesideBusyProcesses() {
    StringWriter out = new StringWriter();
    String[] args = {
      "neighbours",
      "--dir",
      networks.toString(),
      "--models",
      "small",
      "--threads",
      "2",
      "--busy",
      "0,1",
      "--rounds",
      "1",
      "--milliseconds",
      "1",
    };
    assertThat(Bench.run(new PrintWriter(out), args)).isZero();
    assertThat(out.toString().lines().skip(1))
        .hasSize(8)
        .allMatch(line -> line.matches("small +[01] +conv4j(-java)? +[12] +[0-9]+( +[0-9.]+){4}"));
  }

  @Test
  void aQuickStartIsMeasuredToo() {
    assertThat(models(1, "--rounds", "1")).isZero();
    assertThat(results().measurements())
        .singleElement()
        .satisfies(measured -> assertThat(measured.quickStartMilliseconds()).isPositive());
  }

  @Test
  void measuringAgainReplacesWhatWasMeasured() {
    models();
    models("--rounds", "1");
    assertThat(results().measurements()).hasSize(1);
  }

  @Test
  void anOutputThatIsNotKerassFails() throws IOException {
    Path golden = networks.resolve("small").resolve("golden.npz");
    Map<String, Tensor> tensors = Npz.read(golden);
    tensors.get("output").transform(value -> value * 1.001);
    Npz.write(golden, tensors);
    tensors.values().forEach(Tensor::close);
    assertThat(models()).isEqualTo(ExitCode.CHECK_FAILED);
    assertThat(folder.resolve("models.md")).content().contains("differs from Keras");
  }

  @Test
  void whatCannotBeMeasuredIsBadInput() {
    assertThat(models("--rivals", "nobody")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(models("--batch", "99")).isEqualTo(ExitCode.BAD_INPUT);
    networks = folder.resolve("nothing");
    assertThat(models()).isEqualTo(ExitCode.BAD_INPUT);
  }

  @Test
  void aNetworkThatDoesNotLoadIsBadInput() throws IOException {
    Files.writeString(networks.resolve("small").resolve("model.keras"), "no archive");
    assertThat(models()).isEqualTo(ExitCode.BAD_INPUT);
  }
}
