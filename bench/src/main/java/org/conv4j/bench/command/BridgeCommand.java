package org.conv4j.bench.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.conv4j.bench.bridge.Bridge;
import org.conv4j.bench.bridge.BridgeResult;
import org.conv4j.bench.bridge.Driver;
import org.conv4j.bench.cases.Cases;
import org.conv4j.error.Conv4jException;
import org.conv4j.notation.BenchCase;
import org.conv4j.notation.CaseFamilies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares Java's calls of oneDNN with those of C++. */
@Command(
    name = "bridge",
    description = {
      "Time oneDNN called from C++ and from Java by turns, with one thread.",
      "Exit code 1 if the two did not do the same work or Java's calls are not nearly free."
    },
    mixinStandardHelpOptions = true)
public final class BridgeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CaseSelection cases;

  @Option(
      names = "--driver",
      paramLabel = "FILE",
      description = "The program of native/baseline; by default where the builds put it.")
  private Path driver;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often both prepare a case anew; by default ${DEFAULT-VALUE}.",
      defaultValue = "8")
  private int rounds;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      description = "Batches on each side in a round; by default ${DEFAULT-VALUE}.",
      defaultValue = "5")
  private int pairs;

  @Option(
      names = "--milliseconds",
      paramLabel = "N",
      description = "The least duration of a batch; by default ${DEFAULT-VALUE}.",
      defaultValue = "20")
  private int milliseconds;

  @Override
  public Integer call() {
    List<BenchCase> selected = cases.allAnd(CaseFamilies.TINY);
    PrintWriter out = spec.commandLine().getOut();
    boolean good = true;
    try (Driver started = Driver.start(program())) {
      Bridge bridge = new Bridge(started, rounds, pairs, milliseconds);
      bridge.warmUp(Cases.of(CaseFamilies.TINY).get(0));
      out.printf(
          "%-48s %10s %10s %7s %8s %6s  %s%n",
          "case", "C++ us", "Java us", "ratio", "extra us", "B/op", "implementation");
      for (BenchCase benchCase : selected) {
        BridgeResult comparison = bridge.compare(benchCase);
        print(out, comparison);
        good &= comparison.isSameWork() && comparison.isWithinLimits();
      }
    }
    return good ? 0 : ExitCode.CHECK_FAILED;
  }

  private Path program() {
    if (driver != null) {
      return driver;
    }
    return Driver.find(Path.of(""))
        .orElseThrow(
            () ->
                new Conv4jException(
                    "The C++ driver is not built; run 'cmake --preset release && cmake --build"
                        + " --preset release' in native/, or give --driver."));
  }

  private static void print(PrintWriter out, BridgeResult comparison) {
    out.printf(
        Locale.ROOT,
        "%-48s %10.2f %10.2f %7.3f %8.3f %6.2f  %s%n",
        comparison.id(),
        comparison.nativeMicroseconds(),
        comparison.javaMicroseconds(),
        comparison.ratio(),
        comparison.extraMicroseconds(),
        comparison.bytesPerCall(),
        remark(comparison));
    out.flush();
  }

  private static String remark(BridgeResult comparison) {
    String both = comparison.javaImplementation();
    if (!comparison.isBridged()) {
      both = "own kernel: " + both;
    } else if (!comparison.isSameWork()) {
      both = "DIFFERENT: C++ " + comparison.nativeImplementation() + ", Java " + both;
    }
    return both
        + (comparison.sameOutput() ? "" : " DIFFERENT OUTPUT")
        + (comparison.isWithinLimits() ? "" : " OVER THE LIMIT");
  }
}
