package org.conv4j.tuning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.Scratchpad;
import org.conv4j.op.Op;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Times contenders by turns, so that a drift of the machine's speed hits all alike. Who takes far
 * longer than the fastest is out after one run; the others take part in all rounds.
 */
final class TimedRace implements Race {
  private static final int ROUNDS = 9;

  /** What a contender runs in a round: enough for the clock, and for a helper to be there. */
  private static final long ROUND_NANOSECONDS = 1_000_000;

  /** Slow ops run fewer rounds. */
  private static final long BUDGET_NANOSECONDS = 300_000_000;

  private static final int LEAST_ROUNDS = 3;

  /** First runs vary by less than this factor. */
  private static final double FAR = 2;

  /** Others must be faster by more than noise to replace the one preferred without timing. */
  private static final double NOISE = 1.05;

  private final LongSupplier nanoTime;

  TimedRace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public int winner(List<CompiledOp> contenders, Op op, DataType dataType) {
    List<Tensor> tensors = new ArrayList<>();
    List<Lane> lanes = new ArrayList<>();
    try {
      SplittableRandom random = new SplittableRandom(1);
      for (Shape shape : op.inputs()) {
        Tensor input = Tensor.allocate(dataType, shape);
        tensors.add(input);
        input.transform(ignored -> random.nextDouble() - 0.5);
      }
      Tensor[] inputs = tensors.toArray(Tensor[]::new);
      Tensor output = Tensor.allocate(dataType, op.output());
      tensors.add(output);
      for (int i = 0; i < contenders.size(); i++) {
        lanes.add(new Lane(i, contenders.get(i), inputs, output));
      }
      return winner(lanes);
    } finally {
      lanes.forEach(Lane::close);
      tensors.forEach(Tensor::close);
    }
  }

  private int winner(List<Lane> lanes) {
    lanes.forEach(lane -> lane.time(1));
    lanes.forEach(lane -> lane.first = lane.time(1));
    double fastest = lanes.stream().mapToDouble(lane -> lane.first).min().orElseThrow();
    List<Lane> near = lanes.stream().filter(lane -> lane.first <= FAR * fastest).toList();
    long start = nanoTime.getAsLong();
    for (int round = 0; round < ROUNDS; round++) {
      if (round >= LEAST_ROUNDS && nanoTime.getAsLong() - start > BUDGET_NANOSECONDS) {
        break;
      }
      near.forEach(Lane::runRound);
    }
    Lane best = near.stream().min(Comparator.comparingDouble(Lane::typical)).orElseThrow();
    return near.stream()
        .filter(lane -> lane.typical() <= NOISE * best.typical())
        .findFirst()
        .orElse(best)
        .position;
  }

  /** A contender with what it needs to run. Owns its runner and its scratchpad. */
  private final class Lane implements AutoCloseable {
    private final int position;
    private final Tensor[] inputs;
    private final Tensor output;
    private final Scratchpad scratchpad;
    private final OpRunner runner;
    private final List<Double> rounds = new ArrayList<>();
    private double first;

    private Lane(int position, CompiledOp op, Tensor[] inputs, Tensor output) {
      this.position = position;
      this.inputs = inputs;
      this.output = output;
      this.scratchpad = Scratchpad.allocate(op.scratchpadBytes());
      try {
        this.runner = op.newRunner(scratchpad);
      } catch (RuntimeException | Error failure) {
        scratchpad.close();
        throw failure;
      }
    }

    private void runRound() {
      rounds.add(time(Math.max(1, (long) (ROUND_NANOSECONDS / Math.max(1, first)))));
    }

    /** Nanoseconds of one run, the mean of some in a row. */
    private double time(long runs) {
      long start = nanoTime.getAsLong();
      for (long i = 0; i < runs; i++) {
        runner.run(inputs, output);
      }
      return (double) (nanoTime.getAsLong() - start) / runs;
    }

    /** The lower quartile: other programs disturb some rounds, but not most. */
    private double typical() {
      double[] sorted = rounds.stream().mapToDouble(Double::doubleValue).toArray();
      Arrays.sort(sorted);
      return sorted[sorted.length / 4];
    }

    @Override
    public void close() {
      runner.close();
      scratchpad.close();
    }
  }
}
