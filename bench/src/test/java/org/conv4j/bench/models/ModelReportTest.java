package org.conv4j.bench.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Two networks on one thread; the second rival could run only one of them. */
class ModelReportTest {
  private static final String REPORT =
      ModelReport.of(
          new ModelResults(
              null,
              List.of(
                  measured("unet", "conv4j", 20, 1, 1000),
                  measured("unet", "fast", 10, 0.5, 500),
                  measured("unet", "slow", 123.4, 6.17, 3000),
                  measured("cnn", "conv4j", 1, 1, 500),
                  measured("cnn", "fast", 8, 8, 250))));

  private static ModelMeasurement measured(
      String model, String subject, double milliseconds, double ratio, double start) {
    double error = subject.equals("slow") ? 3e-3 : 2e-6;
    return new ModelMeasurement(
        model,
        8,
        1,
        subject,
        "1.2",
        milliseconds,
        ratio,
        milliseconds,
        ratio,
        start,
        start / 2,
        100,
        error);
  }

  @Test
  void hasARowForEachSettingWithTheRatiosOfAllRivals() {
    assertThat(REPORT.lines())
        .contains(
            "| network | threads | batch | conv4j ms | fast ms | slow ms |"
                + " conv4j fastest | fast fastest | slow fastest |",
            "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
            "| unet | 1 | 8 | 20.0 | 10.0 (0.50) | 123 (6.17) | 20.0 | 10.0 (0.50) | 123 (6.17) |",
            "| cnn | 1 | 8 | 1.00 | 8.00 (8.00) | - | 1.00 | 8.00 (8.00) | - |",
            "| unet | 1 | 8 | 1000 | 500 (0.50) | 3000 (3.00) | 500 | 250 (0.50) | 1500 (3.00) | 100 | 100 (1.00) | 100 (1.00) |");
  }

  @Test
  void hasGeometricMeansForEachRivalOfWhatItCouldRun() {
    assertThat(REPORT.lines())
        .contains(
            "| geometric mean, least | settings | ms | fastest | start ms | quick start ms | MB |",
            "| fast 1.2 | 2 | 2.00, 0.50 | 2.00, 0.50 | 0.50, 0.50 | 0.50, 0.50 | 1.00, 1.00 |",
            "| slow 1.2 | 1 | 6.17, 6.17 | 6.17, 6.17 | 3.00, 3.00 | 3.00, 3.00 | 1.00, 1.00 |");
  }

  @Test
  void namesWhoDiffersFromKeras() {
    assertThat(REPORT)
        .contains(
            "- conv4j: at most 2e-06.",
            "- slow: at most 3e-03.",
            "- slow on unet, batch 8, 1 threads: differs from Keras by 3.0e-03.")
        .doesNotContain("fast on");
  }

  @Test
  void whatWasNotMeasuredIsADash() {
    ModelMeasurement own = measured("unet", "conv4j", 20, 1, Double.NaN);
    ModelMeasurement rival = measured("unet", "fast", 10, 0.5, Double.NaN);
    assertThat(ModelReport.of(new ModelResults(null, List.of(own, rival))).lines())
        .contains(
            "| fast 1.2 | 1 | 0.50, 0.50 | 0.50, 0.50 | - | - | 1.00, 1.00 |",
            "| unet | 1 | 8 | - | - | - | - | 100 | 100 (1.00) |");
  }

  @Test
  void conv4jAloneNeedsNoRatios() {
    String alone =
        ModelReport.of(new ModelResults(null, List.of(measured("unet", "conv4j", 20, 1, 1000))));
    assertThat(alone).contains("| unet | 1 | 8 | 20.0 | 20.0 |").doesNotContain("geometric");
  }
}
