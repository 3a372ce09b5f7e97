package org.conv4j.bench.command;

import java.util.Locale;
import org.conv4j.notation.BenchCase;
import org.conv4j.notation.CaseNotation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the cases. */
@Command(
    name = "list",
    description = "Print the cases with their work.",
    mixinStandardHelpOptions = true)
public final class ListCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private CaseSelection cases;

  @Override
  public void run() {
    for (BenchCase benchCase : cases.all()) {
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%-17s%9.1f MFLOP  %s%n",
              benchCase.family(),
              benchCase.flops() * 1e-6,
              CaseNotation.format(benchCase));
    }
  }
}
