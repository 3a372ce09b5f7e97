package org.conv4j.bench.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.conv4j.notation.BenchCase;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Speed over arithmetic intensity, both logarithmic, with the machine's limits. */
final class Roofline {
  private static final double LOWEST_INTENSITY = 0.5;
  private static final double HIGHEST_INTENSITY = 512;

  /** A copy of more than this is one through memory, drawn thicker. */
  private static final int LARGEST_CACHE_BYTES = 1 << 26;

  private Roofline() {}

  static XYChart draw(Results results, ResultSlice comparison, int width, int height) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .xAxisTitle("FLOP / byte")
            .yAxisTitle("GFLOP/s")
            .build();
    XYStyler styler = chart.getStyler();
    styler.setXAxisLogarithmic(true);
    styler.setYAxisLogarithmic(true);
    styler.setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setMarkerSize(10);
    styler.setSeriesColors(Palette.COLORS);
    styler.setSeriesMarkers(Palette.MARKERS);
    double peak = results.peak(comparison.threads()).orElseThrow();
    int bytes = comparison.dataType().equals("float64") ? Double.BYTES : Float.BYTES;
    for (String family : results.families()) {
      points(chart, results, comparison, family, bytes);
    }
    for (Map.Entry<Integer, Double> copy : results.gigabytesPerSecond().entrySet()) {
      String size = "copy of " + copy.getKey() / 1024 + " KiB";
      float line = copy.getKey() > LARGEST_CACHE_BYTES ? 2.5f : 1.2f;
      roof(chart, size, copy.getValue(), peak, new BasicStroke(line));
    }
    return chart;
  }

  private static void roof(
      XYChart chart, String name, double gigabytesPerSecond, double peak, BasicStroke stroke) {
    double ridge = peak / gigabytesPerSecond;
    XYSeries roof =
        chart.addSeries(
            name,
            new double[] {LOWEST_INTENSITY, ridge, Math.max(ridge, HIGHEST_INTENSITY)},
            new double[] {LOWEST_INTENSITY * gigabytesPerSecond, peak, peak});
    roof.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
    roof.setMarker(SeriesMarkers.NONE);
    roof.setLineColor(Color.DARK_GRAY);
    roof.setLineStyle(stroke);
  }

  private static void points(
      XYChart chart, Results results, ResultSlice comparison, String family, int bytes) {
    List<Double> intensities = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    for (BenchCase benchCase : results.cases(family)) {
      OptionalDouble microseconds = comparison.conv4j(benchCase);
      if (microseconds.isPresent()) {
        intensities.add((double) benchCase.flops() / (benchCase.elements() * bytes));
        rates.add(benchCase.flops() / microseconds.getAsDouble() * 1e-3);
      }
    }
    if (!rates.isEmpty()) {
      chart.addSeries(family, intensities, rates);
    }
  }
}
