package org.conv4j.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.Tuning;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.op.Op;
import org.conv4j.tensor.DataType;

/**
 * Compiles ops in the way that is the fastest on this machine. Safe for any thread; one op is timed
 * at a time in a process, because two would disturb each other.
 */
public final class Tuner {
  private static final Object TIMING = new Object();

  private final Optional<TuningCache> cache;
  private final Race race;

  Tuner(Optional<TuningCache> cache, Race race) {
    this.cache = cache;
    this.race = race;
  }

  /**
   * Creates a tuner.
   *
   * @param tuning where to remember what won
   * @return a tuner that times with the system's clock
   */
  public static Tuner of(Tuning tuning) {
    return new Tuner(tuning.cache().map(TuningCache::new), new TimedRace(System::nanoTime));
  }

  /**
   * Compiles an op in the fastest of some ways.
   *
   * @param machine everything beside op, type and candidates that may change which one wins:
   *     processor, libraries
   * @param op what all candidates compute
   * @param dataType the type of its tensors
   * @param candidates at least one, of different names, the one preferred without timing first
   * @return the compiled op, which the caller closes
   * @throws UnsupportedByEngineException if no candidate can run the op
   */
  public CompiledOp fastest(String machine, Op op, DataType dataType, List<Candidate> candidates) {
    if (candidates.size() == 1) {
      return candidates.get(0).compiler().get();
    }
    String key = key(machine, op, dataType, candidates);
    return remembered(key, candidates)
        .orElseGet(
            () -> {
              synchronized (TIMING) {
                // Another thread may have timed the same op meanwhile.
                return remembered(key, candidates)
                    .orElseGet(() -> timed(key, op, dataType, candidates));
              }
            });
  }

  private static String key(String machine, Op op, DataType dataType, List<Candidate> candidates) {
    String names = candidates.stream().map(Candidate::name).collect(Collectors.joining(","));
    return String.join("; ", machine, dataType.toString(), names, op.toString());
  }

  private Optional<CompiledOp> remembered(String key, List<Candidate> candidates) {
    return cache
        .flatMap(known -> known.find(key))
        .flatMap(
            name ->
                candidates.stream().filter(candidate -> candidate.name().equals(name)).findFirst())
        .flatMap(Tuner::compile);
  }

  private CompiledOp timed(String key, Op op, DataType dataType, List<Candidate> candidates) {
    List<String> names = new ArrayList<>();
    List<CompiledOp> contenders = new ArrayList<>();
    CompiledOp winner = null;
    try {
      for (Candidate candidate : candidates) {
        compile(candidate)
            .ifPresent(
                compiled -> {
                  names.add(candidate.name());
                  contenders.add(compiled);
                });
      }
      if (contenders.isEmpty()) {
        // Says why.
        return candidates.get(0).compiler().get();
      }
      int position = race.winner(contenders, op, dataType);
      cache.ifPresent(known -> known.put(key, names.get(position)));
      winner = contenders.get(position);
      return winner;
    } finally {
      for (CompiledOp contender : contenders) {
        if (contender != winner) {
          contender.close();
        }
      }
    }
  }

  private static Optional<CompiledOp> compile(Candidate candidate) {
    try {
      return Optional.of(candidate.compiler().get());
    } catch (UnsupportedByEngineException notThisWay) {
      return Optional.empty();
    }
  }
}
