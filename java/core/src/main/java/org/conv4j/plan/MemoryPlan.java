package org.conv4j.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.State;
import org.conv4j.lowering.Step;
import org.conv4j.tensor.ValueType;
import org.conv4j.tensor.internal.Memory;

/**
 * Where the values between a program's steps lie in a session's arena. Two values overlap only if
 * one is read for the last time before the other is written. States overlap with nothing: they last
 * from run to run.
 */
final class MemoryPlan {
  private static final long NONE = -1;

  /** Small enough that the sum of the sizes of a program's values does not overflow. */
  private static final long MAX_BYTES = 1L << 42;

  /** Placing large values first compares each with all others; beyond this it takes too long. */
  private static final int MOST_TO_COMPARE = 4096;

  /** By value number; the program's inputs, outputs and constants have no place here. */
  private final long[] offsets;

  private final long arenaBytes;
  private final long liveBytes;

  private record Lifetime(int value, long bytes, int written, int lastRead) {
    boolean overlaps(Lifetime other) {
      return written <= other.lastRead && other.written <= lastRead;
    }
  }

  MemoryPlan(Program program) {
    List<Step> steps = program.steps();
    List<Lifetime> lifetimes = lifetimes(program);
    offsets = new long[program.valueCount()];
    Arrays.fill(offsets, NONE);
    liveBytes = largestLiveSet(lifetimes, steps.size());
    arenaBytes =
        lifetimes.size() <= MOST_TO_COMPARE
            ? placeLargestFirst(lifetimes)
            : placeInOrder(lifetimes, steps.size());
  }

  /** In the order in which they are written. */
  private static List<Lifetime> lifetimes(Program program) {
    List<Step> steps = program.steps();
    int last = steps.size() - 1;
    int[] lastReads = lastReads(program);
    List<Lifetime> lifetimes = new ArrayList<>();
    Set<Integer> elsewhere = new HashSet<>(program.outputs());
    for (State state : program.states()) {
      lifetimes.add(new Lifetime(state.value(), bytes(state.type()), 0, last));
      lifetimes.add(new Lifetime(state.next(), bytes(state.type()), 0, last));
      elsewhere.add(state.next());
    }
    for (int i = 0; i < steps.size(); i++) {
      int value = steps.get(i).output();
      if (!elsewhere.contains(value)) {
        long bytes = bytes(steps.get(i).type());
        lifetimes.add(new Lifetime(value, bytes, i, Math.max(i, lastReads[value])));
      }
    }
    return lifetimes;
  }

  /** The offset of an intermediate value or a state. */
  long offset(int value) {
    return offsets[value];
  }

  boolean isIntermediate(int value) {
    return offsets[value] != NONE;
  }

  long arenaBytes() {
    return arenaBytes;
  }

  /** The most that the intermediate values alive during one step occupy: no arena is smaller. */
  long liveBytes() {
    return liveBytes;
  }

  private static long largestLiveSet(List<Lifetime> lifetimes, int steps) {
    long[] changes = new long[steps + 1];
    for (Lifetime lifetime : lifetimes) {
      changes[lifetime.written()] += lifetime.bytes();
      changes[lifetime.lastRead() + 1] -= lifetime.bytes();
    }
    long largest = 0;
    long live = 0;
    for (long change : changes) {
      live += change;
      largest = Math.max(largest, live);
    }
    return largest;
  }

  /** Places values as they are written, each in the smallest free block that takes it. */
  private long placeInOrder(List<Lifetime> lifetimes, int steps) {
    List<List<Lifetime>> endings = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      endings.add(null);
    }
    FreeBlocks free = new FreeBlocks();
    int step = 0;
    for (Lifetime lifetime : lifetimes) {
      for (; step < lifetime.written(); step++) {
        if (endings.get(step) != null) {
          for (Lifetime ended : endings.get(step)) {
            free.give(offsets[ended.value()], ended.bytes());
          }
        }
      }
      offsets[lifetime.value()] = free.take(lifetime.bytes());
      int last = lifetime.lastRead();
      if (endings.get(last) == null) {
        endings.set(last, new ArrayList<>(1));
      }
      endings.get(last).add(lifetime);
    }
    return free.end();
  }

  /** Places large values first, each at the lowest offset that is free for its lifetime. */
  private long placeLargestFirst(List<Lifetime> lifetimes) {
    lifetimes.sort(Comparator.comparingLong(Lifetime::bytes).reversed());
    List<Lifetime> placed = new ArrayList<>();
    long end = 0;
    for (Lifetime lifetime : lifetimes) {
      long offset = 0;
      for (Lifetime other : placed) {
        long start = offsets[other.value()];
        if (other.overlaps(lifetime) && offset + lifetime.bytes() > start) {
          offset = Math.max(offset, start + other.bytes());
        }
      }
      offsets[lifetime.value()] = offset;
      insert(lifetime, placed);
      end = Math.max(end, offset + lifetime.bytes());
    }
    return end;
  }

  /** Keeps the values in the order of their offsets, those of the same in the order they came. */
  private void insert(Lifetime lifetime, List<Lifetime> placed) {
    int at = placed.size();
    while (at > 0 && offsets[placed.get(at - 1).value()] > offsets[lifetime.value()]) {
      at--;
    }
    placed.add(at, lifetime);
  }

  /** By value, the last step that reads it, or -1. */
  private static int[] lastReads(Program program) {
    int[] last = new int[program.valueCount()];
    Arrays.fill(last, -1);
    for (int i = 0; i < program.steps().size(); i++) {
      for (int value : program.steps().get(i).inputs()) {
        last[value] = i;
      }
    }
    return last;
  }

  /** The size of a value, rounded up to whole alignment units. */
  private static long bytes(ValueType type) {
    long elements = type.shape().elementCount();
    if (elements > MAX_BYTES / type.dataType().bytes()) {
      throw new ShapeMismatchException(
          "A %s value of shape %s between two layers is larger than any memory."
              .formatted(type.dataType(), type.shape()));
    }
    long bytes = elements * type.dataType().bytes();
    return (bytes + Memory.ALIGNMENT - 1) / Memory.ALIGNMENT * Memory.ALIGNMENT;
  }
}
