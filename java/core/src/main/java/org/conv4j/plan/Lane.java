package org.conv4j.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.conv4j.engine.ChainedOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.Scratchpad;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.Memory;
import org.conv4j.tensor.internal.TensorAccess;

/**
 * What one thread needs to run a program: an arena for the values between the steps, a scratchpad
 * and a runner for each op. {@link #run} allocates nothing. Used by one thread at a time.
 */
final class Lane implements AutoCloseable {
  private final Memory arena;
  private final Scratchpad scratchpad;
  private final OpRunner[] runners;

  /** By value number; those of the program's inputs and outputs are set during a run only. */
  private final Tensor[] values;

  /** By step, what it reads; the caller's tensors are here during a run only. */
  private final Tensor[][] operands;

  /** By step, the number of the value it writes. */
  private final int[] writes;

  /** The inputs are the first values. */
  private final int inputCount;

  private final int[] outputs;
  private final List<Read> callersReads = new ArrayList<>();

  /** A step reads a value that belongs to the caller. */
  private record Read(int step, int operand, int value) {}

  Lane(
      Program program,
      DataType dataType,
      MemoryPlan memory,
      List<ChainedOp> ops,
      Map<Integer, Tensor> constants,
      long scratchpadBytes) {
    List<Step> steps = program.steps();
    writes = new int[steps.size()];
    operands = new Tensor[steps.size()][];
    for (int i = 0; i < writes.length; i++) {
      writes[i] = steps.get(i).output();
      operands[i] = new Tensor[steps.get(i).inputs().size()];
    }
    values = new Tensor[program.valueCount()];
    for (Map.Entry<Integer, Tensor> constant : constants.entrySet()) {
      values[constant.getKey()] = constant.getValue();
    }
    inputCount = program.inputs().size();
    outputs = new int[program.outputs().size()];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = program.outputs().get(i);
    }
    List<OpRunner> made = new ArrayList<>();
    Memory madeArena = null;
    Scratchpad madeScratchpad = null;
    try {
      madeArena = Memory.allocate(memory.arenaBytes());
      madeScratchpad = Scratchpad.allocate(scratchpadBytes);
      for (ChainedOp op : ops) {
        made.add(op.op().newRunner(madeScratchpad));
      }
      for (Step step : steps) {
        if (memory.isIntermediate(step.output())) {
          values[step.output()] =
              TensorAccess.get()
                  .view(madeArena, memory.offset(step.output()), dataType, step.op().output());
        }
      }
    } catch (RuntimeException | Error failure) {
      free(made, madeArena, madeScratchpad);
      throw failure;
    }
    bindOperands(steps);
    arena = madeArena;
    scratchpad = madeScratchpad;
    runners = made.toArray(new OpRunner[0]);
  }

  private void bindOperands(List<Step> steps) {
    for (int step = 0; step < operands.length; step++) {
      List<Integer> reads = steps.get(step).inputs();
      for (int operand = 0; operand < operands[step].length; operand++) {
        int value = reads.get(operand);
        operands[step][operand] = values[value];
        if (values[value] == null) {
          callersReads.add(new Read(step, operand, value));
        }
      }
    }
  }

  /**
   * Runs the steps.
   *
   * @param given the program's inputs, whose memory is held
   * @param results the program's outputs, whose memory is held
   * @param times by step, to which the nanoseconds it took are added; null if nobody asks
   */
  void run(Tensor[] given, Tensor[] results, long[] times) {
    bindBorder(given, results);
    try {
      if (times == null) {
        for (int i = 0; i < runners.length; i++) {
          runners[i].run(operands[i], values[writes[i]]);
        }
      } else {
        runTimed(times);
      }
    } finally {
      bindBorder(null, null);
    }
  }

  private void runTimed(long[] times) {
    long start = System.nanoTime();
    for (int i = 0; i < runners.length; i++) {
      runners[i].run(operands[i], values[writes[i]]);
      long end = System.nanoTime();
      times[i] += end - start;
      start = end;
    }
  }

  private void bindBorder(Tensor[] given, Tensor[] results) {
    for (int i = 0; i < inputCount; i++) {
      values[i] = given == null ? null : given[i];
    }
    for (int i = 0; i < outputs.length; i++) {
      values[outputs[i]] = results == null ? null : results[i];
    }
    for (int i = 0; i < callersReads.size(); i++) {
      Read read = callersReads.get(i);
      operands[read.step()][read.operand()] = values[read.value()];
    }
  }

  @Override
  public void close() {
    free(List.of(runners), arena, scratchpad);
  }

  private static void free(List<OpRunner> runners, Memory arena, Scratchpad scratchpad) {
    runners.forEach(OpRunner::close);
    if (arena != null) {
      arena.close();
    }
    if (scratchpad != null) {
      scratchpad.close();
    }
  }
}
