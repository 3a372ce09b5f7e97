package org.conv4j.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Memory;

/**
 * Where the values between a program's steps lie in a session's arena. Two values overlap only if
 * one is read for the last time before the other is written.
 */
final class MemoryPlan {
  private static final long NONE = -1;

  /** Small enough that the sum of the sizes of a program's values does not overflow. */
  private static final long MAX_BYTES = 1L << 48;

  /** By value number; the program's input and output have no place here. */
  private final long[] offsets;

  private final long arenaBytes;

  private record Lifetime(int value, long bytes, int written, int lastRead) {
    boolean overlaps(Lifetime other) {
      return written <= other.lastRead && other.written <= lastRead;
    }
  }

  MemoryPlan(Program program, DataType dataType) {
    List<Step> steps = program.steps();
    int result = steps.get(steps.size() - 1).output();
    List<Lifetime> lifetimes = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      int value = steps.get(i).output();
      if (value != result) {
        long bytes = bytes(steps.get(i).op().output(), dataType);
        lifetimes.add(new Lifetime(value, bytes, i, lastRead(steps, value)));
      }
    }
    offsets = new long[result + 1];
    Arrays.fill(offsets, NONE);
    arenaBytes = place(lifetimes);
  }

  /** The offset of an intermediate value. */
  long offset(int value) {
    return offsets[value];
  }

  boolean isIntermediate(int value) {
    return offsets[value] != NONE;
  }

  long arenaBytes() {
    return arenaBytes;
  }

  /** Places large values first, each at the lowest offset that is free for its lifetime. */
  private long place(List<Lifetime> lifetimes) {
    lifetimes.sort(Comparator.comparingLong(Lifetime::bytes).reversed());
    List<Lifetime> placed = new ArrayList<>();
    long end = 0;
    for (Lifetime lifetime : lifetimes) {
      long offset = 0;
      placed.sort(Comparator.comparingLong(other -> offsets[other.value()]));
      for (Lifetime other : placed) {
        long start = offsets[other.value()];
        if (other.overlaps(lifetime) && offset + lifetime.bytes() > start) {
          offset = Math.max(offset, start + other.bytes());
        }
      }
      offsets[lifetime.value()] = offset;
      placed.add(lifetime);
      end = Math.max(end, offset + lifetime.bytes());
    }
    return end;
  }

  private static int lastRead(List<Step> steps, int value) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (steps.get(i).input() == value) {
        return i;
      }
    }
    throw new AssertionError("value " + value + " is never read");
  }

  /** The size of a value, rounded up to whole alignment units. */
  private static long bytes(Shape shape, DataType dataType) {
    if (shape.elementCount() > MAX_BYTES / dataType.bytes()) {
      throw new ShapeMismatchException(
          "A %s value of shape %s between two layers is larger than any memory."
              .formatted(dataType, shape));
    }
    long bytes = shape.elementCount() * dataType.bytes();
    return (bytes + Memory.ALIGNMENT - 1) / Memory.ALIGNMENT * Memory.ALIGNMENT;
  }
}
