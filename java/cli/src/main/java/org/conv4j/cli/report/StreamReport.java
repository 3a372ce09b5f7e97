package org.conv4j.cli.report;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.conv4j.cli.measure.Latencies;
import org.conv4j.stream.StreamPlan;

/**
 * What the {@code stream} command prints.
 *
 * @param realTime how many times faster than the signal is played
 */
public record StreamReport(
    Path path,
    StreamPlan plan,
    int chunk,
    int frames,
    int returned,
    double realTime,
    Latencies latencies) {
  public List<String> lines() {
    return List.of(
        "%d frames in chunks of %d, %d returned".formatted(frames, chunk, returned),
        "latency %d frames, receptive field %d frames, state %d bytes"
            .formatted(plan.latencyFrames(), plan.receptiveFieldFrames(), plan.stateBytes()),
        String.format(
            Locale.ROOT,
            "microseconds for a chunk: p50 %.1f, p99 %.1f, p99.9 %.1f, max %.1f",
            latencies.percentile(50),
            latencies.percentile(99),
            latencies.percentile(99.9),
            latencies.percentile(100)),
        String.format(Locale.ROOT, "%.2f times real time", realTime),
        plan.engine().name() + ", " + plan.dataType());
  }

  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", path.toString());
    fields.put("engine", plan.engine().name());
    fields.put("dtype", plan.dataType().toString());
    fields.put("chunk", chunk);
    fields.put("frames", frames);
    fields.put("returned", returned);
    fields.put("latency_frames", plan.latencyFrames());
    fields.put("receptive_field_frames", plan.receptiveFieldFrames());
    fields.put("state_bytes", plan.stateBytes());
    fields.put("real_time_factor", realTime);
    Map<String, Object> times = new LinkedHashMap<>();
    times.put("p50", latencies.percentile(50));
    times.put("p99", latencies.percentile(99));
    times.put("p99.9", latencies.percentile(99.9));
    times.put("max", latencies.percentile(100));
    fields.put("microseconds", times);
    return fields;
  }
}
