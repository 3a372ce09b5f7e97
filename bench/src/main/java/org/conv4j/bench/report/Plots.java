package org.conv4j.bench.report;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the plots into a folder. */
final class Plots {
  private static final int WIDTH = 1400;
  private static final int HEIGHT = 640;

  private final Results results;
  private final Path folder;
  private final List<Plot> plots = new ArrayList<>();

  /**
   * A picture.
   *
   * @param title what it shows
   * @param text how to read it
   * @param file its file name
   */
  record Plot(String title, String text, String file) {}

  private Plots(Results results, Path folder) {
    this.results = results;
    this.folder = folder;
  }

  static List<Plot> draw(Results results, List<ResultSlice> comparisons, Path folder) {
    Plots plots = new Plots(results, folder);
    for (ResultSlice comparison : comparisons) {
      plots.speedUp(comparison);
      plots.rivals(comparison);
    }
    comparisons.stream()
        .filter(comparison -> comparison.threads() == 1)
        .filter(comparison -> results.peak(1).isPresent())
        .findFirst()
        .ifPresent(plots::roofline);
    return plots.plots;
  }

  private void speedUp(ResultSlice comparison) {
    CategoryChart chart = families("times as fast");
    for (String engine : results.engines()) {
      if (!engine.equals(Results.CONV4J)) {
        add(chart, "vs " + engine, family -> comparison.medianRatioToEngine(family, engine));
      }
    }
    if (!chart.getSeriesMap().isEmpty()) {
      startAtPowerOfTen(chart);
      save(
          chart,
          "Native against Java, " + ReportText.label(comparison),
          "How many times as fast conv4j's onednn engine is as the engines written in Java, median"
              + " of each family; logarithmic.",
          "speed-up-" + suffix(comparison));
    }
  }

  private void rivals(ResultSlice comparison) {
    CategoryChart chart = families("times as fast as the rival");
    for (String peer : results.peers()) {
      add(chart, peer, family -> comparison.medianRatioToPeer(family, peer));
    }
    if (chart.getSeriesMap().isEmpty()) {
      return;
    }
    for (CategorySeries series : chart.getSeriesMap().values()) {
      series.setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Scatter);
    }
    CategorySeries equal =
        chart.addSeries(
            "equal", results.families(), results.families().stream().map(f -> 1.0).toList());
    equal.setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Line);
    equal.setMarker(SeriesMarkers.NONE);
    equal.setLineColor(Color.GRAY);
    startAtPowerOfTen(chart);
    save(
        chart,
        "conv4j against rivals, " + ReportText.label(comparison),
        "How many times as fast conv4j is as each rival, median of each family; above the line"
            + " conv4j is faster; logarithmic.",
        "rivals-" + suffix(comparison));
  }

  private void roofline(ResultSlice comparison) {
    save(
        Roofline.draw(results, comparison, WIDTH, HEIGHT),
        "Roofline, " + ReportText.label(comparison),
        "Every case by its arithmetic for each byte of input, weights and output, under what the"
            + " processor can compute and its memory can move. Cases that fit the caches may lie"
            + " above the memory's line.",
        "roofline-" + suffix(comparison));
  }

  private static String suffix(ResultSlice comparison) {
    return comparison.dataType() + "-" + comparison.threads() + ".png";
  }

  private CategoryChart families(String unit) {
    CategoryChart chart =
        new CategoryChartBuilder().width(WIDTH).height(HEIGHT).yAxisTitle(unit).build();
    CategoryStyler styler = chart.getStyler();
    styler.setYAxisLogarithmic(true);
    styler.setXAxisLabelRotation(30);
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setMarkerSize(10);
    styler.setSeriesColors(Palette.COLORS);
    styler.setSeriesMarkers(Palette.MARKERS);
    styler.setAvailableSpaceFill(0.7);
    return chart;
  }

  /** Adds a series over the families, unless there is no number in it. */
  private void add(CategoryChart chart, String name, Function<String, OptionalDouble> value) {
    List<Double> values = new ArrayList<>();
    for (String family : results.families()) {
      OptionalDouble number = value.apply(family);
      values.add(number.isPresent() ? number.getAsDouble() : null);
    }
    if (values.stream().anyMatch(number -> number != null)) {
      chart.addSeries(name, results.families(), values);
    }
  }

  /** XChart starts bars at 0, which a logarithmic axis has not. */
  private static void startAtPowerOfTen(CategoryChart chart) {
    double smallest =
        chart.getSeriesMap().values().stream()
            .flatMap(series -> series.getYData().stream())
            .filter(Objects::nonNull)
            .mapToDouble(Number::doubleValue)
            .min()
            .orElse(1);
    chart.getStyler().setYAxisMin(Math.pow(10, Math.floor(Math.log10(smallest))));
  }

  private void save(Chart<?, ?> chart, String title, String text, String file) {
    chart.setTitle(title);
    try {
      BitmapEncoder.saveBitmap(chart, folder.resolve(file).toString(), BitmapFormat.PNG);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    plots.add(new Plot(title, text, file));
  }
}
