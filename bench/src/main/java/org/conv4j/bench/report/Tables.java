package org.conv4j.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.conv4j.bench.record.Note;
import org.conv4j.bench.record.Subject;
import org.conv4j.notation.BenchCase;

/** The tables of the report. */
final class Tables {
  private final Results results;

  Tables(Results results) {
    this.results = results;
  }

  /** The medians of every family, and their geometric mean. */
  TextTable families(ResultSlice comparison) {
    List<String> headings = new ArrayList<>(List.of("family", "cases"));
    List<Function<String, OptionalDouble>> columns = new ArrayList<>();
    for (String engine : others()) {
      headings.add("vs " + engine);
      columns.add(family -> comparison.medianRatioToEngine(family, engine));
    }
    for (String peer : results.peers()) {
      headings.add("vs " + peer);
      columns.add(family -> comparison.medianRatioToPeer(family, peer));
    }
    if (!results.peers().isEmpty()) {
      headings.add("vs best rival");
      columns.add(comparison::medianRatioToBestPeer);
    }
    List<List<String>> rows = new ArrayList<>();
    for (String family : results.families()) {
      List<String> row = new ArrayList<>(List.of(family, "" + results.cases(family).size()));
      columns.forEach(column -> row.add(Format.ratio(column.apply(family))));
      rows.add(row);
    }
    List<String> mean = new ArrayList<>(List.of("geometric mean", "" + results.cases().size()));
    for (Function<String, OptionalDouble> column : columns) {
      mean.add(
          Format.ratio(
              ResultSlice.geometricMean(results.families().stream().map(column).toList())));
    }
    rows.add(mean);
    return new TextTable(headings, rows);
  }

  /** The times of every case of a family. */
  TextTable cases(ResultSlice comparison, String family) {
    List<String> headings = new ArrayList<>(List.of("case", "MFLOP"));
    headings.addAll(List.of(Results.CONV4J + " us", "GFLOP/s", "of peak"));
    others().forEach(engine -> headings.add(engine + " us (ratio)"));
    results.peers().forEach(peer -> headings.add(peer + " us (ratio)"));
    headings.add("kernel");
    List<List<String>> rows = new ArrayList<>();
    for (BenchCase benchCase : results.cases(family)) {
      rows.add(row(comparison, benchCase));
    }
    return new TextTable(headings, rows);
  }

  private List<String> row(ResultSlice comparison, BenchCase benchCase) {
    OptionalDouble ours = comparison.conv4j(benchCase);
    OptionalDouble rate = map(ours, us -> benchCase.flops() / us * 1e-3);
    OptionalDouble peak = results.peak(comparison.threads());
    OptionalDouble share =
        peak.isEmpty() ? OptionalDouble.empty() : map(rate, r -> r / peak.getAsDouble());
    List<String> row = new ArrayList<>();
    row.add(benchCase.name());
    row.add(Format.significant(benchCase.flops() * 1e-6));
    row.add(Format.microseconds(ours));
    row.add(Format.microseconds(rate));
    row.add(Format.percent(share));
    for (String engine : others()) {
      row.add(timeAndRatio(comparison, benchCase, comparison.engine(benchCase, engine)));
    }
    for (String peer : results.peers()) {
      row.add(timeAndRatio(comparison, benchCase, comparison.peer(benchCase, peer)));
    }
    Note note = results.note(comparison.engine(benchCase, Results.CONV4J));
    row.add(note == null ? Format.NONE : note.implementation());
    return row;
  }

  private String timeAndRatio(ResultSlice comparison, BenchCase benchCase, Subject subject) {
    Note note = results.note(subject);
    OptionalDouble time = results.microseconds(subject);
    if (time.isEmpty()) {
      return note == null ? Format.NONE : note.outcome().name().toLowerCase(java.util.Locale.ROOT);
    }
    OptionalDouble ratio = comparison.ratio(benchCase, subject);
    return Format.microseconds(time) + (ratio.isEmpty() ? "" : " (" + Format.ratio(ratio) + ")");
  }

  /** Where a rival is faster, the worst first. */
  TextTable losses(List<ResultSlice> comparisons) {
    record Loss(double ratio, List<String> row) {}
    List<Loss> losses = new ArrayList<>();
    for (ResultSlice comparison : comparisons) {
      for (BenchCase benchCase : results.cases()) {
        OptionalDouble ratio = comparison.ratioToBestPeer(benchCase);
        if (ratio.isPresent() && ratio.getAsDouble() < 1) {
          String best = comparison.bestPeer(benchCase).orElseThrow();
          losses.add(
              new Loss(
                  ratio.getAsDouble(),
                  List.of(
                      benchCase.id(),
                      "" + comparison.threads(),
                      Format.microseconds(comparison.conv4j(benchCase)),
                      best,
                      Format.microseconds(results.microseconds(comparison.peer(benchCase, best))),
                      Format.ratio(ratio))));
        }
      }
    }
    losses.sort(Comparator.comparingDouble(Loss::ratio));
    return new TextTable(
        List.of("case", "threads", "conv4j us", "best rival", "its us", "ratio"),
        losses.stream().map(Loss::row).toList());
  }

  /** Every subject without a number, with its own words. */
  TextTable failures() {
    List<List<String>> rows = new ArrayList<>();
    for (Note note : results.notes()) {
      boolean stopped =
          note.outcome() == Note.Outcome.VERIFIED && !results.isMeasured(note.subject());
      if (note.outcome() != Note.Outcome.VERIFIED || stopped) {
        rows.add(
            List.of(
                note.subject().name(),
                note.subject().problem(),
                "" + note.subject().threads(),
                stopped ? "crashed" : note.outcome().name().toLowerCase(java.util.Locale.ROOT),
                stopped ? "The process ended while it was timed." : note.message()));
      }
    }
    return new TextTable(List.of("who", "case", "threads", "outcome", "its own words"), rows);
  }

  /** Java heap memory that a run of each engine allocates, over the cases. */
  TextTable allocations() {
    List<List<String>> rows = new ArrayList<>();
    for (String engine : results.engines()) {
      List<OptionalDouble> bytes =
          results.measurements().stream()
              .filter(m -> m.subject().kind() == Subject.Kind.ENGINE)
              .filter(m -> m.subject().name().equals(engine) && m.bytesAllocated() != null)
              .map(m -> OptionalDouble.of(m.bytesAllocated()))
              .toList();
      if (!bytes.isEmpty()) {
        double least = bytes.stream().mapToDouble(OptionalDouble::getAsDouble).min().orElseThrow();
        double median = ResultSlice.median(bytes).orElseThrow();
        rows.add(List.of(engine, Format.significant(least), Format.significant(median)));
      }
    }
    return new TextTable(List.of("engine", "least B/run", "median B/run"), rows);
  }

  private List<String> others() {
    return results.engines().stream().filter(name -> !name.equals(Results.CONV4J)).toList();
  }

  private static OptionalDouble map(
      OptionalDouble value, java.util.function.DoubleUnaryOperator function) {
    return value.isEmpty() ? value : OptionalDouble.of(function.applyAsDouble(value.getAsDouble()));
  }
}
