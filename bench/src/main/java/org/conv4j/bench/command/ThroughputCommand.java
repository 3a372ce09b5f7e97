package org.conv4j.bench.command;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.conv4j.bench.threads.Ratios;
import org.conv4j.bench.threads.Throughput;
import org.conv4j.bench.threads.Turns;
import org.conv4j.notation.BenchCase;
import org.conv4j.notation.CaseFamilies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares more callers than processors with as many. */
@Command(
    name = "throughput",
    description = {
      "Count the calls of many threads in THROUGHPUT mode and those of one thread for each",
      "processor by turns. Exit code 1 if the many reach less than 0.95 of the others' total."
    },
    mixinStandardHelpOptions = true)
public final class ThroughputCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CaseSelection cases;
  @Mixin private EngineChoice choice;

  @Option(
      names = "--callers",
      paramLabel = "N",
      description = "Threads that call at the same time; by default ${DEFAULT-VALUE}.",
      defaultValue = "4")
  private int callers;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often a case is prepared anew; by default ${DEFAULT-VALUE}.",
      defaultValue = "6")
  private int rounds;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      description = "Pairs of windows in a round; by default ${DEFAULT-VALUE}.",
      defaultValue = "3")
  private int pairs;

  @Option(
      names = "--milliseconds",
      paramLabel = "N",
      description = "The least duration of a window; by default ${DEFAULT-VALUE}.",
      defaultValue = "60")
  private int milliseconds;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%-48s %14s %14s %6s %6s %6s%n",
        "case",
        Runtime.getRuntime().availableProcessors() + " callers 1/s",
        callers + " callers 1/s",
        "low",
        "ratio",
        "high");
    Turns turns = new Turns(rounds, pairs, milliseconds * 1_000_000L);
    boolean good = true;
    for (BenchCase benchCase : cases.allAnd(CaseFamilies.TINY)) {
      Throughput throughput =
          Throughput.of(benchCase, choice.dataType(), choice.engine(), callers, turns);
      Ratios calls = throughput.callsPerSecond();
      out.printf(
          Locale.ROOT,
          "%-48s %14.1f %14.1f %6.3f %6.3f %6.3f%s%n",
          throughput.id(),
          calls.first(),
          calls.second(),
          calls.low(),
          calls.ratio(),
          calls.high(),
          throughput.isTooLow() ? "  TOO LOW" : "");
      out.flush();
      good &= !throughput.isTooLow();
    }
    return good ? 0 : ExitCode.CHECK_FAILED;
  }
}
