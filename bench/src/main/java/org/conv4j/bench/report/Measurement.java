package org.conv4j.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.conv4j.bench.record.Subject;

/**
 * How long one run takes.
 *
 * @param subject who ran
 * @param microseconds the median over the measured rounds
 * @param fastest the fastest round
 * @param slowest the slowest round
 * @param bytesAllocated Java heap memory for each run, or null if it was not measured
 */
record Measurement(
    Subject subject, double microseconds, double fastest, double slowest, Double bytesAllocated) {

  /** Reads what JMH wrote about a case. */
  static Measurement of(JsonNode benchmark) {
    JsonNode params = benchmark.get("params");
    boolean engine = params.has("engine");
    Subject subject =
        new Subject(
            engine ? Subject.Kind.ENGINE : Subject.Kind.PEER,
            params.get(engine ? "engine" : "peer").asText(),
            params.get("problem").asText(),
            params.get("threads").asInt(),
            engine ? params.get("dataType").asText().toLowerCase(Locale.ROOT) : "float32");
    JsonNode allocated = benchmark.path("secondaryMetrics").path("gc.alloc.rate.norm");
    return new Measurement(
        subject,
        percentile(benchmark, "50.0"),
        percentile(benchmark, "0.0"),
        percentile(benchmark, "100.0"),
        allocated.isMissingNode() ? null : allocated.get("score").asDouble());
  }

  static double percentile(JsonNode benchmark, String percentile) {
    return benchmark.get("primaryMetric").get("scorePercentiles").get(percentile).asDouble();
  }
}
