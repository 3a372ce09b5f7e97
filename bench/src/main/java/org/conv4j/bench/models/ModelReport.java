package org.conv4j.bench.models;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Writes results as Markdown, which is also what the console shows. */
public final class ModelReport {
  private final List<ModelMeasurement> measurements;
  private final Set<String> rivals;
  private final StringBuilder text = new StringBuilder();

  private ModelReport(List<ModelMeasurement> measurements) {
    this.measurements =
        measurements.stream()
            .sorted(
                Comparator.comparingInt(ModelMeasurement::threads)
                    .thenComparingInt(ModelMeasurement::batch)
                    .thenComparing(ModelMeasurement::model))
            .toList();
    rivals =
        measurements.stream()
            .map(ModelMeasurement::subject)
            .filter(name -> !name.equals(Conv4jModels.NAME))
            .collect(Collectors.toCollection(LinkedHashSet::new));
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
        "Median and fastest time of a run; load, compile and first run, from the start of the process; ");
    text.append("most memory of the process. Ratios are the rival's divided by conv4j's: ");
    text.append("above 1, conv4j is better.\n\n");
    List<String> headings = new ArrayList<>(List.of("threads", "batch", "network", "conv4j ms"));
    for (String rival : rivals) {
      headings.add(rival + " ms");
      headings.add("ratio");
    }
    headings.add("conv4j fastest");
    for (String rival : rivals) {
      headings.add(rival + " fastest");
      headings.add("ratio");
    }
    headings.add("conv4j start ms");
    rivals.forEach(rival -> headings.add(rival + " start ms"));
    headings.add("conv4j MB");
    rivals.forEach(rival -> headings.add(rival + " MB"));
    headings.add("largest error");
    line(headings);
    line(headings.stream().map(heading -> heading.equals("network") ? "---" : "---:").toList());
    measurements.stream()
        .filter(measurement -> measurement.subject().equals(Conv4jModels.NAME))
        .forEach(this::row);
    means();
    wrong();
    return text.toString();
  }

  private void row(ModelMeasurement conv4j) {
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(conv4j.threads()));
    cells.add(Integer.toString(conv4j.batch()));
    cells.add(conv4j.model());
    cells.add(number(conv4j.milliseconds()));
    for (String rival : rivals) {
      ModelMeasurement other = of(conv4j, rival);
      cells.add(other == null ? "-" : number(other.milliseconds()));
      cells.add(other == null ? "-" : ratio(other.ratio()));
    }
    cells.add(number(conv4j.fastestMilliseconds()));
    for (String rival : rivals) {
      ModelMeasurement other = of(conv4j, rival);
      cells.add(other == null ? "-" : number(other.fastestMilliseconds()));
      cells.add(other == null ? "-" : ratio(other.fastestRatio()));
    }
    cells.add(whole(conv4j.startMilliseconds()));
    for (String rival : rivals) {
      ModelMeasurement other = of(conv4j, rival);
      cells.add(other == null ? "-" : whole(other.startMilliseconds()));
    }
    cells.add(whole(conv4j.peakMegabytes()));
    for (String rival : rivals) {
      ModelMeasurement other = of(conv4j, rival);
      cells.add(other == null ? "-" : whole(other.peakMegabytes()));
    }
    cells.add("%.0e".formatted(conv4j.error()));
    line(cells);
  }

  private void means() {
    text.append("\n");
    for (String rival : rivals) {
      mean(rival, "medians", ModelMeasurement::ratio);
      mean(rival, "fastest runs", ModelMeasurement::fastestRatio);
    }
  }

  private void mean(String rival, String what, ToDoubleFunction<ModelMeasurement> ratio) {
    double[] ratios =
        measurements.stream()
            .filter(measurement -> measurement.subject().equals(rival))
            .mapToDouble(ratio)
            .toArray();
    double logs = DoubleStream.of(ratios).map(Math::log).average().orElse(Double.NaN);
    double least = DoubleStream.of(ratios).min().orElse(Double.NaN);
    text.append(
        "- %s, %s: geometric mean of the ratios %s, least %s.\n"
            .formatted(rival, what, ratio(Math.exp(logs)), ratio(least)));
  }

  private void wrong() {
    measurements.stream()
        .filter(measurement -> !measurement.withinBound())
        .forEach(
            measurement ->
                text.append(
                    "- %s on %s, batch %d, %d threads: differs from Keras by %.1e of the largest output.\n"
                        .formatted(
                            measurement.subject(),
                            measurement.model(),
                            measurement.batch(),
                            measurement.threads(),
                            measurement.error())));
  }

  private ModelMeasurement of(ModelMeasurement setting, String subject) {
    return measurements.stream()
        .filter(other -> other.subject().equals(subject) && other.isOfSameSetting(setting))
        .findFirst()
        .orElse(null);
  }

  private void line(List<String> cells) {
    text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
