package org.conv4j.bench.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.conv4j.bench.models.ModelBenchmark;
import org.conv4j.bench.models.ModelMeasurement;
import org.conv4j.bench.models.ModelRace;
import org.conv4j.bench.models.ModelReport;
import org.conv4j.bench.models.ModelResults;
import org.conv4j.bench.record.Environment;
import org.conv4j.bench.record.JsonFiles;
import org.conv4j.bench.run.BenchRun;
import org.conv4j.bench.run.WorkDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares whole networks. */
@Command(
    name = "models",
    description = {
      "Time whole networks in conv4j and in rivals by turns, one process each.",
      "Exit code 1 if an output of conv4j is not Keras's."
    },
    mixinStandardHelpOptions = true)
public final class ModelsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      required = true,
      description = "What make_models.py wrote.")
  private Path folder;

  @Option(
      names = "--models",
      paramLabel = "NAME",
      split = ",",
      description = "Only these networks; by default all in the folder.")
  private List<String> models = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      description = "Numbers of threads; by default ${DEFAULT-VALUE}.",
      defaultValue = "1,2")
  private List<Integer> threads;

  @Option(
      names = "--batch",
      paramLabel = "N",
      split = ",",
      description = "How many examples a run is given; by default ${DEFAULT-VALUE}.",
      defaultValue = "1,8")
  private List<Integer> batches;

  @Option(
      names = "--rivals",
      paramLabel = "NAME",
      split = ",",
      description = "Who else to measure; by default nobody.")
  private List<String> rivals = List.of();

  @Mixin private Turns turns = new Turns();

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description =
          "Where models.json and models.md go; settings that are not measured now stay in them; by"
              + " default ${DEFAULT-VALUE}.",
      defaultValue = "bench/target")
  private Path output;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<String> subjects = new ArrayList<>(List.of(ModelBenchmark.CONV4J));
    subjects.addAll(rivals);
    ModelRace race =
        new ModelRace(
            subjects, turns.processes, turns.rounds, turns.milliseconds, turns.quickStarts);
    List<ModelMeasurement> all = new ArrayList<>();
    Path work = WorkDirectory.folder("models");
    try {
      new ModelBenchmark(work, race)
          .run(
              folder,
              models,
              threads,
              batches,
              measurements -> {
                measurements.forEach(measurement -> out.println(line(measurement)));
                out.flush();
                all.addAll(measurements);
                write(measurements);
              },
              message -> err.println("bench: " + message));
    } finally {
      BenchRun.cleanUp();
    }
    boolean good =
        all.stream().filter(ModelsCommand::isConv4j).allMatch(ModelMeasurement::withinBound);
    return good ? 0 : ExitCode.CHECK_FAILED;
  }

  private static boolean isConv4j(ModelMeasurement measurement) {
    return measurement.subject().equals(ModelBenchmark.CONV4J);
  }

  private static String line(ModelMeasurement measurement) {
    return String.format(
        Locale.ROOT,
        "%-16s batch %2d, %d threads  %-12s %9.2f ms  ratio %5.2f  fastest %9.2f"
            + " ms  ratio %5.2f  start %6.0f ms  quick start %6.0f ms  %6.0f MB  error"
            + " %.1e%s",
        measurement.model(),
        measurement.batch(),
        measurement.threads(),
        measurement.subject(),
        measurement.milliseconds(),
        measurement.ratio(),
        measurement.fastestMilliseconds(),
        measurement.fastestRatio(),
        measurement.startMilliseconds(),
        measurement.quickStartMilliseconds(),
        measurement.peakMegabytes(),
        measurement.error(),
        measurement.withinBound() ? "" : "  DIFFERS");
  }

  /** After each setting, so that what hours brought is there if the next one fails. */
  private void write(List<ModelMeasurement> measurements) {
    Path json = output.resolve("models.json");
    ModelResults before =
        Files.exists(json)
            ? JsonFiles.read(json, ModelResults.class)
            : new ModelResults(null, List.of());
    ModelResults results = before.with(Environment.current(), measurements);
    JsonFiles.write(json, results);
    try {
      Files.writeString(output.resolve("models.md"), ModelReport.of(results));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** How long to measure. */
  static final class Turns {
    @Option(
        names = "--processes",
        paramLabel = "N",
        description = "How often each process starts anew; by default ${DEFAULT-VALUE}.",
        defaultValue = "3")
    private int processes;

    @Option(
        names = "--rounds",
        paramLabel = "N",
        description = "Turns of each process; by default ${DEFAULT-VALUE}.",
        defaultValue = "7")
    private int rounds;

    @Option(
        names = "--milliseconds",
        paramLabel = "N",
        description = "The least duration of a turn; by default ${DEFAULT-VALUE}.",
        defaultValue = "300")
    private int milliseconds;

    @Option(
        names = "--quick-starts",
        paramLabel = "N",
        description =
            "How often to time a start with an archive of classes and the quick compiler; by"
                + " default ${DEFAULT-VALUE}.",
        defaultValue = "5")
    private int quickStarts;
  }
}
