package org.conv4j.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.conv4j.cli.measure.EngineComparison;
import org.conv4j.cli.measure.Variant;
import org.conv4j.cli.measure.VariantRun;
import org.conv4j.cli.report.ComparisonTable;
import org.conv4j.engine.Engine;
import org.conv4j.tensor.DataType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs every kind of convolution on every engine. */
@Command(
    name = "variants",
    description = {
      "Run every kind of convolution, compare it with the reference, and time it.",
      "The error is relative to the largest output; exit code 1 if one exceeds 1e-4."
    },
    mixinStandardHelpOptions = true)
public final class VariantsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      defaultValue = "float32",
      description = "float32 or float64; by default ${DEFAULT-VALUE}.")
  private DataType dataType;

  @Override
  public Integer call() {
    List<Engine> engines = common.enginesToCompare(dataType);
    List<EngineComparison> runs = new ArrayList<>();
    for (Variant variant : Variant.ALL) {
      runs.add(VariantRun.of(variant, engines, dataType, common.compileOptions()));
    }
    return new ComparisonTable("variant", engines, runs)
        .print(spec.commandLine().getOut(), common.json());
  }
}
