package org.conv4j.bench.models;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Writes results as Markdown: a row for each setting, columns for each library. */
public final class ModelReport {
  /**
   * Something that is measured.
   *
   * @param name what a column is called
   * @param value the number, the less the better
   * @param ratio a rival's number divided by conv4j's, given the rival and conv4j
   */
  private record Quantity(
      String name,
      ToDoubleFunction<ModelMeasurement> value,
      ToDoubleBiFunction<ModelMeasurement, ModelMeasurement> ratio) {
    Quantity(String name, ToDoubleFunction<ModelMeasurement> value) {
      this(name, value, (rival, own) -> value.applyAsDouble(rival) / value.applyAsDouble(own));
    }
  }

  private static final List<Quantity> TIMES =
      List.of(
          new Quantity("ms", ModelMeasurement::milliseconds, (rival, own) -> rival.ratio()),
          new Quantity(
              "fastest",
              ModelMeasurement::fastestMilliseconds,
              (rival, own) -> rival.fastestRatio()));

  private static final List<Quantity> NEEDS =
      List.of(
          new Quantity("start ms", ModelMeasurement::startMilliseconds),
          new Quantity("quick start ms", ModelMeasurement::quickStartMilliseconds),
          new Quantity("MB", ModelMeasurement::peakMegabytes));

  private final List<ModelMeasurement> own;
  private final List<ModelMeasurement> others;

  /** The versions of the rivals by their names. */
  private final Map<String, String> rivals = new LinkedHashMap<>();

  private final StringBuilder text = new StringBuilder();

  private ModelReport(List<ModelMeasurement> measurements) {
    Map<Boolean, List<ModelMeasurement>> parts =
        measurements.stream()
            .sorted(
                Comparator.comparingInt(ModelMeasurement::threads)
                    .thenComparingInt(ModelMeasurement::batch)
                    .thenComparing(ModelMeasurement::model))
            .collect(Collectors.partitioningBy(m -> m.subject().equals(Conv4jModels.NAME)));
    own = parts.get(true);
    others = parts.get(false);
    others.forEach(rival -> rivals.put(rival.subject(), rival.version()));
  }

  /**
   * Writes a report.
   *
   * @param results what was measured
   * @return Markdown
   */
  public static String of(ModelResults results) {
    return new ModelReport(results.measurements()).write();
  }

  private String write() {
    text.append("# Whole networks\n\n");
    text.append(
        "In parentheses: the rival's number divided by conv4j's; above 1, conv4j is better.\n");
    if (!rivals.isEmpty()) {
      text.append("\n## Ratios of all settings\n\n");
      means();
    }
    text.append("\n## Time of a run\n\nThe median, then the fastest of all runs.\n\n");
    table(TIMES);
    text.append(
        "\n## Start and memory\n\n"
            + "From the start of the process to the first result; likewise with an archive of the"
            + " classes and only the JVM's quick compiler; the most memory of the process.\n\n");
    table(NEEDS);
    errors();
    return text.toString();
  }

  private void means() {
    List<String> headings = new ArrayList<>(List.of("geometric mean, least", "settings"));
    quantities().forEach(quantity -> headings.add(quantity.name()));
    line(headings);
    alignment(headings.size());
    rivals.forEach(
        (rival, version) -> {
          List<String> cells = new ArrayList<>(List.of(rival + " " + version));
          cells.add(Long.toString(others.stream().filter(m -> m.subject().equals(rival)).count()));
          quantities().forEach(quantity -> cells.add(mean(rival, quantity)));
          line(cells);
        });
  }

  private static List<Quantity> quantities() {
    List<Quantity> all = new ArrayList<>(TIMES);
    all.addAll(NEEDS);
    return all;
  }

  private String mean(String rival, Quantity quantity) {
    double[] ratios =
        own.stream()
            .flatMapToDouble(
                setting ->
                    of(setting, rival).stream()
                        .mapToDouble(other -> quantity.ratio().applyAsDouble(other, setting)))
            .filter(ratio -> !Double.isNaN(ratio))
            .toArray();
    if (ratios.length == 0) {
      return "-";
    }
    double logs = DoubleStream.of(ratios).map(Math::log).average().orElseThrow();
    double least = DoubleStream.of(ratios).min().orElseThrow();
    return ratio(Math.exp(logs)) + ", " + ratio(least);
  }

  private void table(List<Quantity> quantities) {
    List<String> headings = new ArrayList<>(List.of("network", "threads", "batch"));
    for (Quantity quantity : quantities) {
      headings.add(Conv4jModels.NAME + " " + quantity.name());
      rivals.keySet().forEach(rival -> headings.add(rival + " " + quantity.name()));
    }
    line(headings);
    alignment(headings.size());
    for (ModelMeasurement setting : own) {
      List<String> cells = new ArrayList<>(List.of(setting.model()));
      cells.add(Integer.toString(setting.threads()));
      cells.add(Integer.toString(setting.batch()));
      for (Quantity quantity : quantities) {
        cells.add(number(quantity.value().applyAsDouble(setting)));
        rivals.keySet().forEach(rival -> cells.add(cell(quantity, setting, rival)));
      }
      line(cells);
    }
  }

  private String cell(Quantity quantity, ModelMeasurement setting, String rival) {
    return of(setting, rival)
        .filter(other -> !Double.isNaN(quantity.value().applyAsDouble(other)))
        .map(
            other ->
                "%s (%s)"
                    .formatted(
                        number(quantity.value().applyAsDouble(other)),
                        ratio(quantity.ratio().applyAsDouble(other, setting))))
        .orElse("-");
  }

  private void errors() {
    text.append("\n## Errors\n\nOf the largest output, compared with Keras's.\n\n");
    largestError(Conv4jModels.NAME, own);
    rivals
        .keySet()
        .forEach(
            rival ->
                largestError(
                    rival, others.stream().filter(m -> m.subject().equals(rival)).toList()));
    own.forEach(this::wrong);
    others.forEach(this::wrong);
  }

  private void largestError(String subject, List<ModelMeasurement> measured) {
    double largest = measured.stream().mapToDouble(ModelMeasurement::error).max().orElse(0);
    text.append(String.format(Locale.ROOT, "- %s: at most %.0e.\n", subject, largest));
  }

  private void wrong(ModelMeasurement measurement) {
    if (!measurement.withinBound()) {
      text.append(
          String.format(
              Locale.ROOT,
              "- %s on %s, batch %d, %d threads: differs from Keras by %.1e.\n",
              measurement.subject(),
              measurement.model(),
              measurement.batch(),
              measurement.threads(),
              measurement.error()));
    }
  }

  private Optional<ModelMeasurement> of(ModelMeasurement setting, String rival) {
    return others.stream()
        .filter(other -> other.subject().equals(rival) && other.isOfSameSetting(setting))
        .findFirst();
  }

  /** A name at the left, then numbers. */
  private void alignment(int columns) {
    text.append("| --- |").append(" ---: |".repeat(columns - 1)).append("\n");
  }

  private void line(List<String> cells) {
    text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  /** Three digits or all of a whole number. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
