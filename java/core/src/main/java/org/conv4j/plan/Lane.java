package org.conv4j.plan;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conv4j.engine.ChainedOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.Scratchpad;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.State;
import org.conv4j.lowering.Step;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.ValueType;

/**
 * What one thread needs to run a program: an arena for the values between the steps, a scratchpad
 * and a runner for each op. {@link #run} allocates nothing. Used by one thread at a time.
 */
final class Lane implements AutoCloseable {
  private final Scratchpad arena;
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

  private final State[] states;
  private final List<Read> stateReads = new ArrayList<>();

  /** Where in the arena the states are. */
  private final MemoryPlan memory;

  /** A step reads a value whose tensor changes from run to run. */
  private record Read(int step, int operand, int value) {}

  Lane(
      Program program,
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
    int numbers = program.valueCount();
    // The last place takes what is returned without elements, which no step writes.
    values = new Tensor[numbers + 1];
    for (Map.Entry<Integer, Tensor> constant : constants.entrySet()) {
      values[constant.getKey()] = constant.getValue();
    }
    inputCount = program.inputs().size();
    outputs = new int[program.outputs().size()];
    for (int i = 0; i < outputs.length; i++) {
      int output = program.outputs().get(i);
      outputs[i] = output == Program.NOTHING ? numbers : output;
    }
    this.memory = memory;
    states = program.states().toArray(State[]::new);
    List<OpRunner> made = new ArrayList<>();
    Scratchpad madeArena = null;
    Scratchpad madeScratchpad = null;
    try {
      madeArena = Scratchpad.allocate(memory.arenaBytes());
      madeScratchpad = Scratchpad.allocate(scratchpadBytes);
      for (ChainedOp op : ops) {
        made.add(op.op().newRunner(madeScratchpad));
      }
      for (State state : states) {
        values[state.value()] = view(madeArena, state.value(), state.type());
        values[state.next()] = view(madeArena, state.next(), state.type());
      }
      for (Step step : steps) {
        if (memory.isIntermediate(step.output()) && values[step.output()] == null) {
          values[step.output()] = view(madeArena, step.output(), step.type());
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

  private Tensor view(Scratchpad block, int value, ValueType type) {
    return block.view(memory.offset(value), type.dataType(), type.shape());
  }

  private void bindOperands(List<Step> steps) {
    Set<Integer> kept = new HashSet<>();
    for (State state : states) {
      kept.add(state.value());
      kept.add(state.next());
    }
    for (int step = 0; step < operands.length; step++) {
      List<Integer> reads = steps.get(step).inputs();
      for (int operand = 0; operand < operands[step].length; operand++) {
        int value = reads.get(operand);
        operands[step][operand] = values[value];
        if (values[value] == null) {
          callersReads.add(new Read(step, operand, value));
        } else if (kept.contains(value)) {
          stateReads.add(new Read(step, operand, value));
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
      keepStates();
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
    bind(callersReads);
  }

  private void bind(List<Read> reads) {
    for (int i = 0; i < reads.size(); i++) {
      Read read = reads.get(i);
      operands[read.step()][read.operand()] = values[read.value()];
    }
  }

  /**
   * Lets what the run has written be the states of the next one, whose memory the next run writes.
   * A run that fails does not come here: the states are what they were before.
   */
  private void keepStates() {
    for (State state : states) {
      Tensor read = values[state.value()];
      values[state.value()] = values[state.next()];
      values[state.next()] = read;
    }
    bind(stateReads);
  }

  /** Makes all elements of the states 0, as they were at first. */
  void reset() {
    ByteBuffer bytes = arena.buffer(arena.bytes());
    for (State state : states) {
      zero(bytes, memory.offset(state.value()), state.type());
      zero(bytes, memory.offset(state.next()), state.type());
    }
  }

  /** Values begin and end with whole alignment units. */
  private static void zero(ByteBuffer bytes, long offset, ValueType type) {
    long end = offset + type.shape().elementCount() * type.dataType().bytes();
    for (int at = (int) offset; at < end; at += Long.BYTES) {
      bytes.putLong(at, 0);
    }
  }

  @Override
  public void close() {
    free(List.of(runners), arena, scratchpad);
  }

  private static void free(List<OpRunner> runners, Scratchpad arena, Scratchpad scratchpad) {
    runners.forEach(OpRunner::close);
    if (arena != null) {
      arena.close();
    }
    if (scratchpad != null) {
      scratchpad.close();
    }
  }
}
