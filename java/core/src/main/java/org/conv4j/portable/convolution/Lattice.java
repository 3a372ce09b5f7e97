package org.conv4j.portable.convolution;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The inputs that a tile of neighbouring outputs reads along one axis. They are sorted by their
 * residue modulo the sampling's step, so that what one tap reads is contiguous: tap offset {@code q
 * * step + r} reads, from residue class {@code r}, the elements {@code q, q + 1, ...}.
 */
final class Lattice {
  private final int step;

  /** By class, ascending. */
  private final int[] residues;

  private final int min;
  private final int max;

  Lattice(List<Sampling> samplings) {
    int common = samplings.get(0).inputStep();
    int[] offsets = samplings.stream().flatMapToInt(s -> IntStream.of(s.offsets())).toArray();
    step = common;
    residues =
        IntStream.of(offsets)
            .map(offset -> Math.floorMod(offset, common))
            .sorted()
            .distinct()
            .toArray();
    min = IntStream.of(offsets).map(offset -> Math.floorDiv(offset, common)).min().orElse(0);
    max = IntStream.of(offsets).map(offset -> Math.floorDiv(offset, common)).max().orElse(0);
  }

  int step() {
    return step;
  }

  /** The number of residue classes that are read. */
  int classes() {
    return residues.length;
  }

  /** How many elements of each class a tile of some outputs needs. */
  int extent(int outputs) {
    return outputs + max - min;
  }

  /** Which class an offset reads. */
  int classOf(int offset) {
    return Arrays.binarySearch(residues, Math.floorMod(offset, step));
  }

  /** Where in its class an offset starts to read. */
  int positionOf(int offset) {
    return Math.floorDiv(offset, step) - min;
  }

  /** The input at a position of a class, for a tile that starts at some output. */
  int input(int firstOutput, int residueClass, int position) {
    return (firstOutput + position + min) * step + residues[residueClass];
  }

  /** The first position of a class whose input is not before the input's begin. */
  int firstInside(int firstOutput, int residueClass) {
    return Math.max(0, ceilDiv(-input(firstOutput, residueClass, 0), step));
  }

  /** The first position of a class whose input is at or after an end. */
  int firstBeyond(int firstOutput, int residueClass, int end) {
    return Math.max(0, ceilDiv(end - input(firstOutput, residueClass, 0), step));
  }

  private static int ceilDiv(int dividend, int divisor) {
    return -Math.floorDiv(-dividend, divisor);
  }
}
