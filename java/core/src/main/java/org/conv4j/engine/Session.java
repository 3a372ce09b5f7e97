package org.conv4j.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Memory;
import org.conv4j.tensor.Tensor;

/**
 * One caller's buffers for a plan. It owns an arena for the values between the steps and a
 * scratchpad, allocated when it is made; {@link #run} allocates nothing.
 *
 * <p>Not thread-safe: one thread at a time. A second thread that enters meanwhile gets an {@link
 * IllegalStateException}, never a wrong result. A session outlives the closing of its plan.
 */
public final class Session implements AutoCloseable {
  private static final int IDLE = 0;
  private static final int RUNNING = 1;
  private static final int CLOSED = 2;

  private final Plan plan;
  private final Memory arena;
  private final Memory scratchpad;
  private final OpRunner[] runners;

  /** By value number; those of the program's inputs and outputs are set during a run only. */
  private final Tensor[] values;

  /** By step, what it reads; the caller's tensors are here during a run only. */
  private final Tensor[][] operands;

  /** By step, the number of the value it writes. */
  private final int[] writes;

  private final List<Read> callersReads = new ArrayList<>();

  /** Where a run that is measured puts its times; null otherwise. */
  private long[] times;

  private final Border inputs;
  private final Border outputs;
  private final AtomicInteger state = new AtomicInteger(IDLE);

  /** The caller's tensors of one direction. */
  private record Border(String what, int[] values, Shape[] shapes, Tensor[] single) {
    static Border of(String what, List<Integer> values, List<Shape> shapes) {
      return new Border(what, ints(values), shapes.toArray(Shape[]::new), new Tensor[1]);
    }
  }

  /** A step reads a value that belongs to the caller. */
  private record Read(int step, int operand, int value) {}

  Session(
      Plan plan,
      Program program,
      MemoryPlan memory,
      List<CompiledOp> ops,
      Map<Integer, Tensor> constants,
      long scratchpadBytes) {
    this.plan = plan;
    List<Step> steps = program.steps();
    writes = steps.stream().mapToInt(Step::output).toArray();
    operands =
        steps.stream().map(step -> new Tensor[step.inputs().size()]).toArray(Tensor[][]::new);
    values = new Tensor[program.valueCount()];
    constants.forEach((id, tensor) -> values[id] = tensor);
    inputs = Border.of("input", firstNumbers(program.inputs().size()), program.inputs());
    outputs = Border.of("output", program.outputs(), program.outputShapes());
    List<OpRunner> made = new ArrayList<>();
    Memory madeArena = null;
    Memory madeScratchpad = null;
    try {
      madeArena = Memory.allocate(memory.arenaBytes());
      madeScratchpad = Memory.allocate(scratchpadBytes);
      for (CompiledOp op : ops) {
        made.add(op.newRunner(madeScratchpad));
      }
      for (Step step : steps) {
        if (memory.isIntermediate(step.output())) {
          values[step.output()] =
              Tensor.view(
                  madeArena, memory.offset(step.output()), plan.dataType(), step.op().output());
        }
      }
    } catch (RuntimeException | Error failure) {
      free(made, madeArena, madeScratchpad);
      throw failure;
    }
    bindOperands(steps);
    arena = madeArena;
    scratchpad = madeScratchpad;
    runners = made.toArray(OpRunner[]::new);
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
   * Returns the plan that this session runs.
   *
   * @return the plan
   */
  public Plan plan() {
    return plan;
  }

  /**
   * Computes the output for an input. Both tensors are used in place, without copies; passing the
   * same ones again is fastest.
   *
   * @param input of the plan's input shape and data type
   * @param output of the plan's output shape and data type; overwritten; must not overlap the input
   * @throws ShapeMismatchException if a shape or data type differs from the plan's, or the plan has
   *     several inputs or outputs
   * @throws InvalidBufferException if the output is read-only or overlaps the input
   * @throws IllegalStateException if this session or a tensor is closed, or another thread is in
   *     this session
   */
  public void run(Tensor input, Tensor output) {
    enter();
    try {
      inputs.single()[0] = input;
      outputs.single()[0] = output;
      runChecked(inputs.single(), outputs.single());
    } finally {
      inputs.single()[0] = null;
      outputs.single()[0] = null;
      state.set(IDLE);
    }
  }

  /**
   * Computes the outputs for inputs. All tensors are used in place, without copies; passing the
   * same ones again is fastest.
   *
   * @param given of the plan's input shapes and data type; read only, and during this call only
   * @param results of the plan's output shapes and data type; their elements are overwritten; none
   *     may overlap another tensor
   * @throws ShapeMismatchException if their number, a shape or a data type differs from the plan's
   * @throws InvalidBufferException if an output is read-only or overlaps another tensor
   * @throws IllegalStateException if this session or a tensor is closed, or another thread is in
   *     this session
   */
  public void run(Tensor[] given, Tensor[] results) {
    enter();
    try {
      runChecked(given, results);
    } finally {
      state.set(IDLE);
    }
  }

  /**
   * Computes the outputs for inputs and measures each step.
   *
   * @param given as in {@link #run(Tensor[], Tensor[])}
   * @param results as in {@link #run(Tensor[], Tensor[])}
   * @param nanoseconds receives what each of the plan's steps took, in their order
   * @throws ShapeMismatchException as in {@link #run(Tensor[], Tensor[])}, or if there is not one
   *     place for each step
   * @throws InvalidBufferException as in {@link #run(Tensor[], Tensor[])}
   * @throws IllegalStateException as in {@link #run(Tensor[], Tensor[])}
   */
  public void profile(Tensor[] given, Tensor[] results, long[] nanoseconds) {
    if (nanoseconds.length != runners.length) {
      throw new ShapeMismatchException(
          "The plan has %d steps; given room for the times of %d."
              .formatted(runners.length, nanoseconds.length));
    }
    enter();
    try {
      times = nanoseconds;
      runChecked(given, results);
    } finally {
      times = null;
      state.set(IDLE);
    }
  }

  private void runChecked(Tensor[] given, Tensor[] results) {
    check(inputs, given);
    check(outputs, results);
    checkDisjoint(given, results);
    int acquired = 0;
    try {
      while (acquired < given.length + results.length) {
        tensor(given, results, acquired).memory().acquire();
        acquired++;
      }
      runSteps(given, results);
    } finally {
      while (acquired > 0) {
        acquired--;
        tensor(given, results, acquired).memory().release();
      }
    }
  }

  private static Tensor tensor(Tensor[] given, Tensor[] results, int index) {
    return index < given.length ? given[index] : results[index - given.length];
  }

  private void runSteps(Tensor[] given, Tensor[] results) {
    bind(inputs, given);
    bind(outputs, results);
    bindCallersReads();
    try {
      if (times == null) {
        for (int i = 0; i < runners.length; i++) {
          runners[i].run(operands[i], values[writes[i]]);
        }
      } else {
        runTimed();
      }
    } finally {
      bind(inputs, null);
      bind(outputs, null);
      bindCallersReads();
    }
  }

  private void runTimed() {
    long start = System.nanoTime();
    for (int i = 0; i < runners.length; i++) {
      runners[i].run(operands[i], values[writes[i]]);
      long end = System.nanoTime();
      times[i] = end - start;
      start = end;
    }
  }

  private void bindCallersReads() {
    for (int i = 0; i < callersReads.size(); i++) {
      Read read = callersReads.get(i);
      operands[read.step()][read.operand()] = values[read.value()];
    }
  }

  private void bind(Border border, Tensor[] tensors) {
    for (int i = 0; i < border.values().length; i++) {
      values[border.values()[i]] = tensors == null ? null : tensors[i];
    }
  }

  /**
   * Frees the buffers. A second call does nothing.
   *
   * @throws IllegalStateException if a thread is in this session
   */
  @Override
  public void close() {
    if (state.compareAndSet(IDLE, CLOSED)) {
      try {
        free(List.of(runners), arena, scratchpad);
      } finally {
        plan.release();
      }
    } else if (state.get() != CLOSED) {
      throw inUse();
    }
  }

  private void enter() {
    if (!state.compareAndSet(IDLE, RUNNING)) {
      throw state.get() == CLOSED ? new IllegalStateException("This session is closed.") : inUse();
    }
  }

  private static IllegalStateException inUse() {
    return new IllegalStateException(
        "Another thread is using this session; give each thread its own.");
  }

  private void check(Border border, Tensor[] tensors) {
    if (tensors.length != border.shapes().length) {
      throw new ShapeMismatchException(
          "The plan has %d %ss; given %d."
              .formatted(border.shapes().length, border.what(), tensors.length));
    }
    for (int i = 0; i < tensors.length; i++) {
      Tensor tensor = tensors[i];
      if (tensor.dataType() != plan.dataType() || !tensor.shape().equals(border.shapes()[i])) {
        throw new ShapeMismatchException(
            "The %s%s must be %s%s; given %s."
                .formatted(
                    border.what(),
                    tensors.length == 1 ? "" : " " + i,
                    plan.dataType(),
                    border.shapes()[i],
                    tensor));
      }
    }
  }

  private static void checkDisjoint(Tensor[] given, Tensor[] results) {
    for (int i = 0; i < results.length; i++) {
      Tensor result = results[i];
      if (result.isReadOnly()) {
        throw new InvalidBufferException("The output tensor is a view of a read-only buffer.");
      }
      for (Tensor input : given) {
        if (input.overlaps(result)) {
          throw new InvalidBufferException(
              "The output tensor must not share memory with the input.");
        }
      }
      for (int other = 0; other < i; other++) {
        if (results[other].overlaps(result)) {
          throw new InvalidBufferException("Two output tensors must not share memory.");
        }
      }
    }
  }

  private static int[] ints(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  private static List<Integer> firstNumbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static void free(List<OpRunner> runners, Memory arena, Memory scratchpad) {
    runners.forEach(OpRunner::close);
    if (arena != null) {
      arena.close();
    }
    if (scratchpad != null) {
      scratchpad.close();
    }
  }
}
