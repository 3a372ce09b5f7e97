package org.conv4j.bench.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.conv4j.bench.record.Subject;
import org.conv4j.notation.BenchCase;

/** The runs of every case by every subject, for one number of threads and one data type. */
final class ResultSlice {
  private final Results results;
  private final int threads;
  private final String dataType;

  ResultSlice(Results results, int threads, String dataType) {
    this.results = results;
    this.threads = threads;
    this.dataType = dataType;
  }

  int threads() {
    return threads;
  }

  String dataType() {
    return dataType;
  }

  Subject engine(BenchCase benchCase, String name) {
    return new Subject(Subject.Kind.ENGINE, name, benchCase.id(), threads, dataType);
  }

  Subject peer(BenchCase benchCase, String name) {
    return new Subject(Subject.Kind.PEER, name, benchCase.id(), threads, dataType);
  }

  OptionalDouble conv4j(BenchCase benchCase) {
    return results.microseconds(engine(benchCase, Results.CONV4J));
  }

  /** How many times as long another subject takes as conv4j. */
  OptionalDouble ratio(BenchCase benchCase, Subject other) {
    OptionalDouble ours = conv4j(benchCase);
    OptionalDouble theirs = results.microseconds(other);
    return ours.isPresent() && theirs.isPresent()
        ? OptionalDouble.of(theirs.getAsDouble() / ours.getAsDouble())
        : OptionalDouble.empty();
  }

  /** The fastest rival of a case. */
  Optional<String> bestPeer(BenchCase benchCase) {
    Map<Double, String> byTime = new TreeMap<>();
    for (String name : results.peers()) {
      results
          .microseconds(peer(benchCase, name))
          .ifPresent(microseconds -> byTime.put(microseconds, name));
    }
    return byTime.values().stream().findFirst();
  }

  OptionalDouble ratioToBestPeer(BenchCase benchCase) {
    return bestPeer(benchCase)
        .map(name -> ratio(benchCase, peer(benchCase, name)))
        .orElse(OptionalDouble.empty());
  }

  OptionalDouble medianRatioToEngine(String family, String engine) {
    return median(results.cases(family).stream().map(c -> ratio(c, engine(c, engine))).toList());
  }

  OptionalDouble medianRatioToPeer(String family, String peer) {
    return median(results.cases(family).stream().map(c -> ratio(c, peer(c, peer))).toList());
  }

  OptionalDouble medianRatioToBestPeer(String family) {
    return median(results.cases(family).stream().map(this::ratioToBestPeer).toList());
  }

  /** The median of those numbers that exist. */
  static OptionalDouble median(List<OptionalDouble> numbers) {
    double[] sorted =
        numbers.stream()
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .sorted()
            .toArray();
    if (sorted.length == 0) {
      return OptionalDouble.empty();
    }
    int middle = sorted.length / 2;
    return OptionalDouble.of(
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
  }

  /** The geometric mean of those numbers that exist. */
  static OptionalDouble geometricMean(List<OptionalDouble> numbers) {
    OptionalDouble logarithm =
        numbers.stream()
            .filter(OptionalDouble::isPresent)
            .mapToDouble(number -> Math.log(number.getAsDouble()))
            .average();
    return logarithm.isPresent()
        ? OptionalDouble.of(Math.exp(logarithm.getAsDouble()))
        : OptionalDouble.empty();
  }
}
