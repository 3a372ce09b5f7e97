package org.conv4j.bench.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.conv4j.bench.models.Latencies;
import org.conv4j.bench.models.NeighbourRace;
import org.conv4j.bench.run.BenchRun;
import org.conv4j.bench.run.WorkDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times whole networks on a machine that has other work. */
@Command(
    name = "neighbours",
    description = "Time whole networks, by turns, while other processes keep processors busy.",
    mixinStandardHelpOptions = true)
public final class NeighboursCommand implements Callable<Integer> {
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
      description = "Only these networks; by default ${DEFAULT-VALUE}.",
      defaultValue = "mobilenetv2,resnet50")
  private List<String> models;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of everybody; by default ${DEFAULT-VALUE}.",
      defaultValue = "2")
  private int threads;

  @Option(
      names = "--busy",
      paramLabel = "N",
      split = ",",
      description = "Numbers of busy processes; by default ${DEFAULT-VALUE}.",
      defaultValue = "0,1,2")
  private List<Integer> busy;

  @Option(
      names = "--rivals",
      paramLabel = "NAME",
      split = ",",
      description = "Who else to measure; by default nobody.")
  private List<String> rivals = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Turns of each process; by default ${DEFAULT-VALUE}.",
      defaultValue = "5")
  private int rounds;

  @Option(
      names = "--milliseconds",
      paramLabel = "N",
      description = "The duration of a turn; by default ${DEFAULT-VALUE}.",
      defaultValue = "2000")
  private int milliseconds;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    out.printf(
        "%-16s %4s  %-12s %7s %6s %9s %9s %9s %9s%n",
        "network", "busy", "library", "threads", "calls", "fastest", "p50 ms", "p90 ms", "p99 ms");
    try {
      new NeighbourRace(rivals, threads, busy, rounds, milliseconds)
          .run(
              folder,
              models,
              WorkDirectory.folder("neighbours"),
              latencies -> {
                out.println(line(latencies));
                out.flush();
              },
              message -> err.println("bench: " + message));
    } finally {
      BenchRun.cleanUp();
    }
    return 0;
  }

  private static String line(Latencies latencies) {
    return String.format(
        Locale.ROOT,
        "%-16s %4d  %-12s %7d %6d %9.2f %9.2f %9.2f %9.2f",
        latencies.model(),
        latencies.busy(),
        latencies.subject(),
        latencies.threads(),
        latencies.milliseconds().length,
        latencies.percentile(0),
        latencies.percentile(0.5),
        latencies.percentile(0.9),
        latencies.percentile(0.99));
  }
}
