package org.conv4j.cli.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.conv4j.cli.measure.EngineComparison;
import org.conv4j.engine.Engine;

/** Prints comparisons, as text or as JSON, and says whether the outputs agree. */
public final class ComparisonTable {
  private static final double MAX_ERROR = 1e-4;

  /** What is compared, as the heading and the key of its name. */
  private final String subject;

  private final List<Engine> engines;
  private final List<EngineComparison> comparisons;

  public ComparisonTable(String subject, List<Engine> engines, List<EngineComparison> comparisons) {
    this.subject = subject;
    this.engines = engines;
    this.comparisons = comparisons;
  }

  /** Prints; returns the exit code. */
  public int print(PrintWriter out, boolean json) {
    if (json) {
      out.println(Json.format(comparisons.stream().map(this::fields).toList()));
    } else {
      table().lines().forEach(out::println);
    }
    // A NaN must fail, and loses every comparison.
    boolean good = comparisons.stream().allMatch(run -> run.maxError() <= MAX_ERROR);
    return good ? 0 : ExitCode.CHECK_FAILED;
  }

  private Table table() {
    List<String> headings = new ArrayList<>(List.of(subject, "output shape", ">max error"));
    engines.forEach(engine -> headings.add(">" + engine.name()));
    headings.add(">GFLOP/s");
    headings.add("implementation");
    Table table = new Table(headings.toArray(String[]::new));
    for (EngineComparison run : comparisons) {
      List<String> row = new ArrayList<>();
      row.add(run.name());
      row.add(run.outputShape().toString());
      row.add(format("%.1e", run.maxError()));
      run.seconds().values().forEach(seconds -> row.add(microseconds(seconds)));
      row.add(format("%.1f", run.gigaflopsPerSecond()));
      row.add(run.implementation());
      table.add(row.toArray(String[]::new));
    }
    return table;
  }

  private Map<String, Object> fields(EngineComparison run) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(subject, run.name());
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
