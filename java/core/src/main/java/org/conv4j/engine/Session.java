package org.conv4j.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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

  private static final int INPUT = 0;

  private final Plan plan;
  private final Memory arena;
  private final Memory scratchpad;
  private final OpRunner[] runners;
  private final int[] inputs;
  private final int[] outputs;

  /** By value number; the first and the last entry are the caller's tensors during a run. */
  private final Tensor[] values;

  private final AtomicInteger state = new AtomicInteger(IDLE);

  Session(
      Plan plan, Program program, MemoryPlan memory, List<CompiledOp> ops, long scratchpadBytes) {
    this.plan = plan;
    List<Step> steps = program.steps();
    inputs = steps.stream().mapToInt(Step::input).toArray();
    outputs = steps.stream().mapToInt(Step::output).toArray();
    values = new Tensor[outputs[outputs.length - 1] + 1];
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
    arena = madeArena;
    scratchpad = madeScratchpad;
    runners = made.toArray(OpRunner[]::new);
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
   * @throws ShapeMismatchException if a shape or data type differs from the plan's
   * @throws InvalidBufferException if the output is read-only or overlaps the input
   * @throws IllegalStateException if this session or a tensor is closed, or another thread is in
   *     this session
   */
  public void run(Tensor input, Tensor output) {
    check("input", input, plan.inputShape());
    check("output", output, plan.outputShape());
    if (output.isReadOnly()) {
      throw new InvalidBufferException("The output tensor is a view of a read-only buffer.");
    }
    if (input.overlaps(output)) {
      throw new InvalidBufferException("The output tensor must not share memory with the input.");
    }
    enter();
    try {
      input.memory().acquire();
      try {
        output.memory().acquire();
        try {
          runSteps(input, output);
        } finally {
          output.memory().release();
        }
      } finally {
        input.memory().release();
      }
    } finally {
      state.set(IDLE);
    }
  }

  private void runSteps(Tensor input, Tensor output) {
    int last = values.length - 1;
    values[INPUT] = input;
    values[last] = output;
    try {
      for (int i = 0; i < runners.length; i++) {
        runners[i].run(values[inputs[i]], values[outputs[i]]);
      }
    } finally {
      values[INPUT] = null;
      values[last] = null;
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

  private void check(String what, Tensor tensor, Shape expected) {
    if (tensor.dataType() != plan.dataType() || !tensor.shape().equals(expected)) {
      throw new ShapeMismatchException(
          "The %s must be %s%s; given %s.".formatted(what, plan.dataType(), expected, tensor));
    }
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
