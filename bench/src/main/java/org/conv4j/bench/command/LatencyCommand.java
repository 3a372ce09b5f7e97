package org.conv4j.bench.command;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.conv4j.bench.threads.Latency;
import org.conv4j.bench.threads.Ratios;
import org.conv4j.bench.threads.Turns;
import org.conv4j.notation.BenchCase;
import org.conv4j.notation.CaseFamilies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares calls on all processors with calls on one. */
@Command(
    name = "latency",
    description = {
      "Time one caller in LATENCY mode and with one thread by turns.",
      "Exit code 1 if a case is slower for having helpers."
    },
    mixinStandardHelpOptions = true)
public final class LatencyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CaseSelection cases;
  @Mixin private EngineChoice choice;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often a case is prepared anew; by default ${DEFAULT-VALUE}.",
      defaultValue = "6")
  private int rounds;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      description = "Pairs of batches in a round; by default ${DEFAULT-VALUE}.",
      defaultValue = "3")
  private int pairs;

  @Option(
      names = "--milliseconds",
      paramLabel = "N",
      description = "The least duration of a batch; by default ${DEFAULT-VALUE}.",
      defaultValue = "10")
  private int milliseconds;

  @Option(
      names = "--rest",
      paramLabel = "MILLISECONDS",
      description = "How long the caller sleeps before each call; by default it does not.",
      defaultValue = "0")
  private int rest;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%-48s %8s %11s %11s %6s %6s %6s%n",
        "case", "threads", "1 thread us", "LATENCY us", "low", "ratio", "high");
    Turns turns = new Turns(rounds, pairs, milliseconds * 1_000_000L);
    boolean good = true;
    for (BenchCase benchCase : cases.allAnd(CaseFamilies.TINY)) {
      Latency latency = Latency.of(benchCase, choice.dataType(), choice.engine(), turns, rest);
      Ratios times = latency.microseconds();
      out.printf(
          Locale.ROOT,
          "%-48s %8s %11.2f %11.2f %6.3f %6.3f %6.3f%s%n",
          latency.id(),
          latency.threads(),
          times.first(),
          times.second(),
          times.low(),
          times.ratio(),
          times.high(),
          latency.isSlower() ? "  SLOWER" : "");
      out.flush();
      good &= !latency.isSlower();
    }
    return good ? 0 : ExitCode.CHECK_FAILED;
  }
}
