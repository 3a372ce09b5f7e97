package org.conv4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.conv4j.bench.command.ExitCode;
import org.conv4j.bench.record.JsonFiles;
import org.conv4j.bench.record.Note;
import org.conv4j.bench.record.RunFile;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.tensor.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the smallest cases of some families in this process. */
class BenchTest {
  private static final String FAMILIES = "few-channel,depthwise-1d,causal-1d";

  @TempDir private Path folder;

  @Test
  void everyOutputIsVerifiedBeforeItIsTimed() {
    assumeThreadsCanBeSet();
    assertThat(smoke(FAMILIES, "--engines", "onednn,java,reference")).isZero();
    RunFile run = results();
    assertThat(run.notes())
        .hasSize(9)
        .allSatisfy(
            note -> {
              assertThat(note.outcome()).isEqualTo(Note.Outcome.VERIFIED);
              assertThat(note.maxError()).isLessThanOrEqualTo(permitted(note));
              assertThat(note.implementation()).isNotEmpty();
            });
    assertThat(run.benchmarks()).hasSize(9);
  }

  /** On whole numbers only Winograd rounds. */
  private static double permitted(Note note) {
    return note.implementation().startsWith("native-winograd") ? CompileOptions.FAST_ERROR : 0;
  }

  @Test
  void theRefusalOfARivalIsRecordedInItsOwnWords() {
    assertThat(smoke("depthwise-1d", "--engines", "onednn", "--peer", "exact,refusing")).isZero();
    assertThat(results().notes())
        .filteredOn(note -> note.subject().name().equals("refusing"))
        .singleElement()
        .satisfies(
            note -> {
              assertThat(note.outcome()).isEqualTo(Note.Outcome.UNSUPPORTED);
              assertThat(note.message()).isEqualTo("no kernel registered");
              assertThat(note.version()).isEqualTo("2.0");
            });
  }

  @Test
  void aWrongOutputFailsTheRunAndIsNotTimed() {
    assumeThreadsCanBeSet();
    assertThat(smoke("depthwise-1d", "--engines", "onednn", "--peer", "channel-mixing"))
        .isEqualTo(ExitCode.CHECK_FAILED);
    assertThat(results().notes())
        .extracting(Note::outcome)
        .containsExactlyInAnyOrder(Note.Outcome.VERIFIED, Note.Outcome.WRONG);
    assertThat(results().benchmarks()).hasSize(1);
  }

  @Test
  void theReportHoldsTablesPlotsAndRefusals() {
    assumeThreadsCanBeSet();
    smoke(FAMILIES, "--engines", "onednn,java", "--peer", "exact,refusing");
    Path report = folder.resolve("report");
    assertThat(Bench.run("report", json().toString(), "--output", report.toString())).isZero();
    assertThat(report.resolve("report.md"))
        .content()
        .contains("## Families, float32, 1 thread", "keras_mnist_convnet:conv1", "vs exact")
        .contains("no kernel registered");
    assertThat(report.resolve("index.html")).content().contains("data:image/png;base64,");
    assertThat(report.resolve("rivals-float32-1.png")).isNotEmptyFile();
    assertThat(report.resolve("speed-up-float32-1.png")).isNotEmptyFile();
    assertThat(report.resolve("results.json")).content().contains("\"microseconds\"");
  }

  /** What they find depends on what else the machine does. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "latency --engine onednn",
        "latency --engine java --rest 1",
        "throughput --engine onednn --callers 3",
        "throughput --engine java --dtype float64"
      })
  void theWorthOfThreadsIsMeasured(String command) {
    if (command.contains("onednn")) {
      assumeThreadsCanBeSet();
    }
    String small = " --case pixels:1x1_4|matchboxnet --rounds 1 --pairs 1 --milliseconds 1";
    assertThat(Bench.run((command + small).split(" "))).isIn(0, ExitCode.CHECK_FAILED);
  }

  @Test
  void nothingToMeasureIsBadInput() {
    assertThat(Bench.run("latency", "--rounds", "0")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(Bench.run("throughput", "--callers", "0")).isEqualTo(ExitCode.BAD_INPUT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " --chunks 50"})
  void streamsAreTimed(String what) {
    String small =
        "stream --networks layer-4x3,nam-feather --frames 1,5 --rounds 1 --milliseconds 1";
    assertThat(Bench.run((small + what).split(" "))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--networks none", "--frames 0", "--rounds 0", "--rival onnxruntime"})
  void badChoicesOfStreamsAreBadInput(String choice) {
    String small = "stream --networks layer-4x3 --milliseconds 1 " + choice;
    assertThat(Bench.run(small.split(" "))).isEqualTo(ExitCode.BAD_INPUT);
  }

  @Test
  void aSelectionWithoutCasesIsBadInput() {
    assertThat(Bench.run("list", "--case", "no such case")).isEqualTo(ExitCode.BAD_INPUT);
  }

  /** Without the native library, only a process of its own has another number of threads. */
  private static void assumeThreadsCanBeSet() {
    assumeTrue(
        Engines.byName("onednn").dataTypes().contains(DataType.FLOAT64),
        "needs the native library");
  }

  private int smoke(String families, String... options) {
    List<String> args =
        new ArrayList<>(List.of("run", "--smoke", "--forks", "0", "--iterations", "1"));
    args.addAll(List.of("--family", families, "--json", json().toString()));
    args.addAll(List.of(options));
    return Bench.run(args.toArray(String[]::new));
  }

  private Path json() {
    return folder.resolve("run.json");
  }

  private RunFile results() {
    assertThat(Files.exists(json())).isTrue();
    return JsonFiles.read(json(), RunFile.class);
  }
}
