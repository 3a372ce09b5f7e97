package org.conv4j.bench.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.conv4j.error.Conv4jException;

/**
 * Measures libraries on one setting by turns. On a machine whose speed drifts, only what follows
 * each other closely is comparable.
 *
 * @param subjects conv4j, and after it the rivals
 * @param processes how often each starts anew: that changes the pages that it gets, and with them
 *     its speed
 * @param rounds how often each takes its turn in these processes
 * @param milliseconds the least duration of a turn
 * @param quickStarts how often to time a {@link QuickStart}
 */
public record ModelRace(
    List<String> subjects, int processes, int rounds, int milliseconds, int quickStarts) {
  private static final double BYTES_PER_MEGABYTE = 1e6;

  /** Turns that are not counted, while compilers and processor caches warm up. */
  private static final int WARMUP_TURNS = 2;

  /** Longer than the threads of any library here spin before they sleep. */
  private static final int SETTLE_MILLISECONDS = 10;

  /**
   * Measures.
   *
   * @param setting what to compare
   * @param folder holds input and expected output
   * @param refused is told which rival could not run it, and why
   * @return the measurements of those who ran
   * @throws Conv4jException if conv4j itself could not
   */
  List<ModelMeasurement> measure(ModelSetting setting, Path folder, Consumer<String> refused) {
    Map<String, Samples> samples = new LinkedHashMap<>();
    subjects.forEach(name -> samples.put(name, new Samples()));
    for (int i = 0; i < processes; i++) {
      try (Crew crew = new Crew()) {
        for (String name : inTurn(List.copyOf(samples.keySet()), i)) {
          try {
            crew.add(WorkerProcess.start(name, setting, folder));
          } catch (Conv4jException failure) {
            if (name.equals(Conv4jModels.NAME)) {
              throw failure;
            }
            refused.accept(failure.getMessage());
            samples.remove(name);
          }
        }
        crew.race(folder, samples);
      }
    }
    if (quickStarts > 0) {
      startQuickly(setting, folder, samples, refused);
    }
    Samples reference = samples.get(Conv4jModels.NAME);
    return samples.entrySet().stream()
        .map(entry -> entry.getValue().summary(setting, entry.getKey(), reference))
        .toList();
  }

  private void startQuickly(
      ModelSetting setting, Path folder, Map<String, Samples> samples, Consumer<String> refused) {
    Map<String, QuickStart> prepared = new LinkedHashMap<>();
    for (String name : samples.keySet()) {
      try {
        prepared.put(name, new QuickStart(name, setting, folder));
      } catch (Conv4jException failure) {
        refused.accept(failure.getMessage());
      }
    }
    for (int i = 0; i < quickStarts; i++) {
      for (String name : inTurn(List.copyOf(prepared.keySet()), i)) {
        samples.get(name).quickStarts.add(prepared.get(name).milliseconds());
      }
    }
  }

  /** The same names, each first equally often. */
  private static List<String> inTurn(List<String> names, int turn) {
    List<String> turned = new ArrayList<>(names);
    Collections.rotate(turned, -turn);
    return turned;
  }

  /** The processes of a setting, all alive, of which one works at a time. */
  private final class Crew implements AutoCloseable {
    private final Map<String, WorkerProcess> workers = new LinkedHashMap<>();

    void add(WorkerProcess worker) {
      workers.put(worker.name(), worker);
    }

    void race(Path folder, Map<String, Samples> samples) {
      Map<String, Long> calls = new LinkedHashMap<>();
      for (WorkerProcess worker : workers.values()) {
        calls.put(worker.name(), warmUp(worker));
        // Before the check, whose files would count as memory.
        samples.get(worker.name()).addProcess(worker, folder);
      }
      for (int round = 0; round < rounds; round++) {
        for (String name : inTurn(List.copyOf(workers.keySet()), round)) {
          settle();
          samples.get(name).addTurn(workers.get(name).run(calls.get(name)));
        }
      }
    }

    /** Returns the number of calls in a turn. */
    private long warmUp(WorkerProcess worker) {
      long calls = 1;
      for (int turn = 0; turn < WARMUP_TURNS; ) {
        double elapsed = worker.run(calls).milliseconds() * calls;
        if (elapsed < milliseconds) {
          calls = Math.max(calls + 1, (long) Math.min(2.0 * calls, calls * milliseconds / elapsed));
        } else {
          turn++;
        }
      }
      return calls;
    }

    private void settle() {
      try {
        Thread.sleep(SETTLE_MILLISECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new Conv4jException("The measurement was interrupted.", interrupted);
      }
    }

    @Override
    public void close() {
      workers.values().forEach(WorkerProcess::close);
    }
  }

  /** What was measured of one library. */
  private static final class Samples {
    private final List<Double> times = new ArrayList<>();
    private final List<Double> starts = new ArrayList<>();
    private final List<Double> quickStarts = new ArrayList<>();
    private final List<Double> peaks = new ArrayList<>();
    private String version;
    private double fastest = Double.POSITIVE_INFINITY;
    private double error;

    void addTurn(WorkerProcess.Turn turn) {
      times.add(turn.milliseconds());
      fastest = Math.min(fastest, turn.fastest());
    }

    void addProcess(WorkerProcess worker, Path folder) {
      version = worker.version();
      starts.add(worker.startMilliseconds());
      peaks.add(worker.peakBytes() / BYTES_PER_MEGABYTE);
      error = Math.max(error, worker.error(folder));
    }

    ModelMeasurement summary(ModelSetting setting, String name, Samples reference) {
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < Math.min(times.size(), reference.times.size()); i++) {
        ratios.add(times.get(i) / reference.times.get(i));
      }
      return new ModelMeasurement(
          setting.files().name(),
          setting.batch(),
          setting.threads(),
          name,
          version,
          median(times),
          median(ratios),
          fastest,
          fastest / reference.fastest,
          median(starts),
          median(quickStarts),
          median(peaks),
          error);
    }

    private static double median(List<Double> values) {
      double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
      if (sorted.length == 0) {
        return Double.NaN;
      }
      int middle = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
  }
}
