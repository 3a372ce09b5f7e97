package org.conv4j.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.conv4j.bench.cases.Cases;
import org.conv4j.bench.record.Environment;
import org.conv4j.bench.record.Note;
import org.conv4j.bench.record.RunFile;
import org.conv4j.bench.record.Subject;
import org.conv4j.notation.BenchCase;
import org.conv4j.notation.CaseFamilies;
import org.conv4j.onednn.OneDnnEngine;
import org.conv4j.reference.ReferenceEngine;

/** The numbers of one or several runs; where they overlap, the later one counts. */
final class Results {
  /** What carries conv4j's name when it is compared with others. */
  static final String CONV4J = OneDnnEngine.NAME;

  private final List<Environment> environments = new ArrayList<>();
  private final Map<Subject, Measurement> measurements = new LinkedHashMap<>();
  private final Map<Subject, Note> notes = new LinkedHashMap<>();
  private final Map<Integer, Double> bytesPerSecond = new TreeMap<>();
  private final Map<String, BenchCase> cases = new LinkedHashMap<>();

  Results(List<RunFile> runs) {
    for (RunFile run : runs) {
      environments.add(run.environment());
      run.notes().forEach(note -> notes.put(note.subject(), note));
      run.benchmarks().forEach(this::add);
    }
    Set<String> measured = new HashSet<>();
    notes.keySet().forEach(subject -> measured.add(subject.problem()));
    Cases.all().stream()
        .filter(benchCase -> measured.contains(benchCase.id()))
        .forEach(benchCase -> cases.put(benchCase.id(), benchCase));
  }

  private void add(JsonNode benchmark) {
    JsonNode bytes = benchmark.path("params").path("bytes");
    if (bytes.isMissingNode()) {
      Measurement measurement = Measurement.of(benchmark);
      measurements.put(measurement.subject(), measurement);
    } else {
      double microseconds = Measurement.percentile(benchmark, "50.0");
      bytesPerSecond.put(bytes.asInt(), bytes.asInt() / microseconds * 1e6);
    }
  }

  List<Environment> environments() {
    return environments;
  }

  /** The cases that were run, in the order of the families. */
  List<BenchCase> cases() {
    return List.copyOf(cases.values());
  }

  List<String> families() {
    return CaseFamilies.NAMES.stream()
        .filter(family -> cases().stream().anyMatch(c -> c.family().equals(family)))
        .toList();
  }

  List<BenchCase> cases(String family) {
    return cases().stream().filter(c -> c.family().equals(family)).toList();
  }

  Set<Integer> threads() {
    return new TreeSet<>(distinct(Subject::threads));
  }

  Set<String> dataTypes() {
    return new TreeSet<>(distinct(Subject::dataType));
  }

  Set<String> peers() {
    return names(Subject.Kind.PEER);
  }

  Set<String> engines() {
    return names(Subject.Kind.ENGINE);
  }

  private Set<String> names(Subject.Kind kind) {
    Set<String> names = new TreeSet<>();
    notes.keySet().stream().filter(s -> s.kind() == kind).forEach(s -> names.add(s.name()));
    return names;
  }

  private <T> Set<T> distinct(Function<Subject, T> property) {
    Set<T> values = new HashSet<>();
    notes.keySet().forEach(subject -> values.add(property.apply(subject)));
    return values;
  }

  List<Measurement> measurements() {
    return List.copyOf(measurements.values());
  }

  List<Note> notes() {
    return List.copyOf(notes.values());
  }

  Note note(Subject subject) {
    return notes.get(subject);
  }

  /** Whether there is a number for a subject. */
  boolean isMeasured(Subject subject) {
    return measurements.containsKey(subject);
  }

  /** The median of a subject. The reference engine has one thread whatever is asked of it. */
  OptionalDouble microseconds(Subject subject) {
    Measurement found = measurements.get(subject);
    if (found == null && subject.name().equals(ReferenceEngine.NAME)) {
      found =
          measurements.values().stream()
              .filter(m -> m.subject().name().equals(ReferenceEngine.NAME))
              .filter(m -> m.subject().problem().equals(subject.problem()))
              .filter(m -> m.subject().dataType().equals(subject.dataType()))
              .findFirst()
              .orElse(null);
    }
    return found == null ? OptionalDouble.empty() : OptionalDouble.of(found.microseconds());
  }

  /** GFLOP/s of the fastest probe, or nothing if none was run. */
  OptionalDouble peak(int threads) {
    return measurements.values().stream()
        .filter(m -> m.subject().threads() == threads)
        .filter(m -> m.subject().problem().startsWith(CaseFamilies.PEAK + "/"))
        .mapToDouble(m -> Cases.byId(m.subject().problem()).flops() / m.microseconds() * 1e-3)
        .max();
  }

  /** GB/s of a copy by one thread, by the bytes that it reads and writes. */
  Map<Integer, Double> gigabytesPerSecond() {
    Map<Integer, Double> gigabytes = new TreeMap<>();
    bytesPerSecond.forEach((bytes, rate) -> gigabytes.put(bytes, rate * 1e-9));
    return gigabytes;
  }
}
