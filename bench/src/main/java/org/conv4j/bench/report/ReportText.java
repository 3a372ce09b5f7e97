package org.conv4j.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import org.conv4j.bench.record.Environment;
import org.conv4j.bench.record.Note;
import org.conv4j.bench.record.Subject;

/** The sections of the report in their order. */
final class ReportText {
  private static final String RATIO =
      "A ratio says how many times as long the other one takes as conv4j's onednn engine: above 1"
          + " conv4j is faster.";

  private final Results results;
  private final Tables tables;
  private final List<ResultSlice> comparisons = new ArrayList<>();

  ReportText(Results results) {
    this.results = results;
    this.tables = new Tables(results);
    for (String dataType : results.dataTypes()) {
      for (int threads : results.threads()) {
        comparisons.add(new ResultSlice(results, threads, dataType));
      }
    }
  }

  List<ResultSlice> comparisons() {
    return comparisons;
  }

  List<Section> sections(List<Plots.Plot> plots) {
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("Machine and versions", "", environment()));
    sections.add(Section.of("How it was measured", method()));
    for (ResultSlice comparison : comparisons) {
      sections.add(
          Section.of(
              "Families, " + label(comparison),
              "The median of each family's ratios. " + RATIO,
              tables.families(comparison)));
    }
    if (!results.peers().isEmpty()) {
      TextTable losses = tables.losses(comparisons);
      sections.add(
          losses.rows().isEmpty()
              ? Section.of("Where conv4j loses", "Nowhere in this run.")
              : Section.of(
                  "Where conv4j loses", "Cases in which the best rival is faster.", losses));
    }
    plots.forEach(plot -> sections.add(Section.ofImage(plot.title(), plot.text(), plot.file())));
    for (String family : results.families()) {
      for (ResultSlice comparison : comparisons) {
        sections.add(
            Section.of(family + ", " + label(comparison), "", tables.cases(comparison, family)));
      }
    }
    TextTable failures = tables.failures();
    if (!failures.rows().isEmpty()) {
      sections.add(Section.of("What did not run", "", failures));
    }
    TextTable allocations = tables.allocations();
    if (!allocations.rows().isEmpty()) {
      sections.add(
          Section.of(
              "Allocation",
              "Java heap memory for one run, by JMH's gc profiler. JMH itself allocates some KB in"
                  + " each round, which count against the runs of that round: few, if they are"
                  + " slow. A least of 0 therefore means that an engine allocates nothing.",
              allocations));
    }
    return sections;
  }

  static String label(ResultSlice comparison) {
    return comparison.dataType()
        + (comparison.threads() == 1 ? ", 1 thread" : ", " + comparison.threads() + " threads");
  }

  private TextTable environment() {
    List<List<String>> rows = new ArrayList<>();
    List<Environment> environments = results.environments();
    addDistinct(
        rows,
        environments,
        "processor",
        environment -> environment.processor() + ", " + environment.processors() + " threads");
    addDistinct(rows, environments, "system", Environment::system);
    addDistinct(rows, environments, "JDK", Environment::jdk);
    addDistinct(rows, environments, "oneDNN", Environment::oneDnn);
    addDistinct(rows, environments, "commit", Environment::commit);
    addDistinct(rows, environments, "date", Environment::date);
    Map<String, String> versions = new TreeMap<>();
    for (Note note : results.notes()) {
      if (note.subject().kind() == Subject.Kind.PEER && !note.version().isEmpty()) {
        versions.put(note.subject().name(), note.version());
      }
    }
    versions.forEach((name, version) -> rows.add(List.of(name, version)));
    return new TextTable(List.of("what", "value"), rows);
  }

  /** A row for each value that the runs do not share. */
  private static void addDistinct(
      List<List<String>> rows,
      List<Environment> environments,
      String what,
      Function<Environment, String> value) {
    environments.stream().map(value).distinct().forEach(text -> rows.add(List.of(what, text)));
  }

  private String method() {
    StringBuilder text =
        new StringBuilder(
            "JMH, average time of a run in each round, median over the rounds. Input and output"
                + " lie in direct buffers, weights are constant. Every output was compared with"
                + " the reference engine's before it was timed.");
    for (int threads : results.threads()) {
      OptionalDouble peak = results.peak(threads);
      if (peak.isPresent()) {
        text.append(
            " The peak for %d thread(s) is the fastest of some cache-sized matrix products in oneDNN: %s GFLOP/s."
                .formatted(threads, Format.significant(peak.getAsDouble())));
      }
    }
    results
        .gigabytesPerSecond()
        .forEach(
            (bytes, rate) ->
                text.append(
                    " A copy that touches %d KiB moves %s GB/s."
                        .formatted(bytes / 1024, Format.significant(rate))));
    return text.toString();
  }
}
