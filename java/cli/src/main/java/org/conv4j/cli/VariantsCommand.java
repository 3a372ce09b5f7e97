package org.conv4j.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
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
final class VariantsCommand implements Callable<Integer> {
  private static final double MAX_ERROR = 1e-4;

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      defaultValue = "float32",
      converter = DataTypeConverter.class,
      description = "float32 or float64; by default ${DEFAULT-VALUE}.")
  private DataType dataType;

  @Override
  public Integer call() {
    List<Engine> engines = engines();
    List<VariantRun> runs = new ArrayList<>();
    for (Variant variant : Variant.ALL) {
      runs.add(VariantRun.of(variant, engines, dataType, common.compileOptions()));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (common.json()) {
      out.println(Json.format(runs.stream().map(VariantsCommand::fields).toList()));
    } else {
      table(engines, runs).lines().forEach(out::println);
    }
    // A NaN must fail, and loses every comparison.
    boolean good = runs.stream().allMatch(run -> run.maxError() <= MAX_ERROR);
    return good ? 0 : Conv4j.CHECK_FAILED;
  }

  /** The chosen engine first, the reference last, all other usable ones between. */
  private List<Engine> engines() {
    Engine chosen = common.engine(dataType);
    Engine reference = Engines.byName("reference");
    List<Engine> engines = new ArrayList<>();
    engines.add(chosen);
    for (Engine engine : Engines.all()) {
      boolean usable = engine.isAvailable() && engine.dataTypes().contains(dataType);
      boolean between =
          !engine.name().equals(chosen.name()) && !engine.name().equals(reference.name());
      if (usable && between && engine.priority() < chosen.priority()) {
        engines.add(engine);
      }
    }
    if (!chosen.name().equals(reference.name())) {
      engines.add(reference);
    }
    return engines;
  }

  private static Table table(List<Engine> engines, List<VariantRun> runs) {
    List<String> headings = new ArrayList<>(List.of("variant", "output shape", ">max error"));
    engines.forEach(engine -> headings.add(">" + engine.name()));
    headings.add(">GFLOP/s");
    headings.add("implementation");
    Table table = new Table(headings.toArray(String[]::new));
    for (VariantRun run : runs) {
      List<String> row = new ArrayList<>();
      row.add(run.variant().name());
      row.add(run.outputShape().toString());
      row.add(format("%.1e", run.maxError()));
      run.seconds().values().forEach(seconds -> row.add(microseconds(seconds)));
      row.add(format("%.1f", run.gigaflopsPerSecond()));
      row.add(run.implementation());
      table.add(row.toArray(String[]::new));
    }
    return table;
  }

  private static Map<String, Object> fields(VariantRun run) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("variant", run.variant().name());
    fields.put("output_shape", run.outputShape().toArray());
    fields.put("implementation", run.implementation());
    fields.put("max_error", run.maxError());
    Map<String, Double> microseconds = new LinkedHashMap<>();
    run.seconds().forEach((engine, seconds) -> microseconds.put(engine, seconds * 1e6));
    fields.put("microseconds", microseconds);
    fields.put("gflops", run.gigaflopsPerSecond());
    return fields;
  }

  private static String microseconds(double seconds) {
    return format(seconds < 1e-4 ? "%.1f us" : "%.0f us", seconds * 1e6);
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
