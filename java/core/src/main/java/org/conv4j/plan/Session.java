package org.conv4j.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.ValueType;
import org.conv4j.tensor.internal.HeldElements;
import org.conv4j.tensor.internal.Memory;

/**
 * One caller's buffers for a plan. It owns an arena for the values between the steps and a
 * scratchpad, or several of them if the plan computes parts of a batch at the same time, allocated
 * when it is made; {@link #run} allocates nothing. Of a plan that keeps state, each session has its
 * own, which a run changes only when it ends without an exception.
 *
 * <p>Not thread-safe: one thread at a time. A second thread that enters meanwhile gets an {@link
 * IllegalStateException}, never a wrong result. A session outlives the closing of its plan.
 */
public final class Session implements AutoCloseable {
  private static final int IDLE = 0;
  private static final int RUNNING = 1;
  private static final int CLOSED = 2;

  private final Plan plan;

  /** One for each part of a batch that is computed at the same time. */
  private final Lane[] lanes;

  /** Null if the batch is not divided. */
  private final PartRuns parts;

  /** How many examples this run computes; 0 for all. */
  private int wanted;

  /** Where a run that is measured puts its times; null otherwise. */
  private long[] times;

  private final PartialOutputs partial;
  private final Border inputs;
  private final Border outputs;
  private final DisjointOutputs disjoint;
  private final AtomicInteger state = new AtomicInteger(IDLE);

  /**
   * The caller's tensors of one direction. During a run they are held here: the caller's own array
   * may change at any time, also after it was checked.
   */
  private record Border(String what, ValueType[] types, Tensor[] held) {
    static Border of(String what, List<ValueType> types) {
      return new Border(what, types.toArray(ValueType[]::new), new Tensor[types.size()]);
    }

    void hold(Tensor tensor) {
      requireCount(1);
      held[0] = tensor;
    }

    void hold(Tensor[] tensors) {
      requireCount(tensors.length);
      System.arraycopy(tensors, 0, held, 0, held.length);
    }

    private void requireCount(int given) {
      if (given != held.length) {
        throw new ShapeMismatchException(
            "The plan has %d %ss; given %d.".formatted(held.length, what, given));
      }
    }

    void check() {
      for (int i = 0; i < held.length; i++) {
        Tensor tensor = held[i];
        ValueType type = types[i];
        if (tensor == null
            || tensor.dataType() != type.dataType()
            || !tensor.shape().equals(type.shape())) {
          throw new ShapeMismatchException(
              "The %s%s must be %s; given %s."
                  .formatted(what, held.length == 1 ? "" : " " + i, type, tensor));
        }
      }
    }

    void clear() {
      Arrays.fill(held, null);
    }
  }

  Session(Plan plan, BatchDivision division, Supplier<Lane> newLane) {
    this.plan = plan;
    inputs = Border.of("input", plan.inputTypes());
    outputs = Border.of("output", plan.outputTypes());
    List<Lane> made = new ArrayList<>();
    try {
      while (made.size() < division.lanes()) {
        made.add(newLane.get());
      }
    } catch (RuntimeException | Error failure) {
      made.forEach(Lane::close);
      throw failure;
    }
    disjoint = new DisjointOutputs(plan.outputShapes().size());
    lanes = made.toArray(Lane[]::new);
    partial = division.partialOutputs();
    parts = division.parts() == 1 ? null : new PartRuns(division, lanes, partial);
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
      inputs.hold(input);
      outputs.hold(output);
      runHeld();
    } finally {
      leave();
    }
  }

  /**
   * Computes the outputs for inputs. All tensors are used in place, without copies; passing the
   * same ones again is fastest.
   *
   * @param given of the plan's input shapes and data type; read only, and during this call only
   * @param results of the plan's output shapes and data type; their elements are overwritten; none
   *     may overlap another tensor
   * @throws ShapeMismatchException if their number, a shape or a data type differs from the plan's,
   *     or a tensor is null
   * @throws InvalidBufferException if an output is read-only or overlaps another tensor
   * @throws IllegalStateException if this session or a tensor is closed, or another thread is in
   *     this session
   */
  public void run(Tensor[] given, Tensor[] results) {
    enter();
    try {
      inputs.hold(given);
      outputs.hold(results);
      runHeld();
    } finally {
      leave();
    }
  }

  /**
   * Computes the first examples of a batch only, the last batch of a file for instance, for a plan
   * whose examples do not depend on each other. The tensors are as large as for a whole batch; of
   * the inputs' other examples nothing reaches the results, and the outputs' others stay as they
   * are. A run takes as long as for a whole batch, but for the parts that need not be computed if
   * the plan {@linkplain Plan#parts divides} it. The first such run may allocate memory, as much as
   * the outputs of one part.
   *
   * @param given as in {@link #run(Tensor[], Tensor[])}
   * @param results as in {@link #run(Tensor[], Tensor[])}
   * @param examples how many, from 1 to {@link Plan#examples}
   * @throws ShapeMismatchException as in {@link #run(Tensor[], Tensor[])}
   * @throws InvalidArgumentException if the plan has not as many examples, or they depend on each
   *     other
   * @throws InvalidBufferException as in {@link #run(Tensor[], Tensor[])}
   * @throws IllegalStateException as in {@link #run(Tensor[], Tensor[])}
   */
  public void run(Tensor[] given, Tensor[] results, int examples) {
    plan.requireExamples(examples);
    enter();
    try {
      inputs.hold(given);
      outputs.hold(results);
      wanted = examples;
      runHeld();
    } finally {
      wanted = 0;
      leave();
    }
  }

  /**
   * Computes the first examples of a batch only; see {@link #run(Tensor[], Tensor[], int)}.
   *
   * @param input as in {@link #run(Tensor, Tensor)}
   * @param output as in {@link #run(Tensor, Tensor)}
   * @param examples how many, from 1 to {@link Plan#examples}
   * @throws ShapeMismatchException as in {@link #run(Tensor, Tensor)}
   * @throws InvalidArgumentException if the plan has not as many examples, or they depend on each
   *     other
   * @throws InvalidBufferException as in {@link #run(Tensor, Tensor)}
   * @throws IllegalStateException as in {@link #run(Tensor, Tensor)}
   */
  public void run(Tensor input, Tensor output, int examples) {
    plan.requireExamples(examples);
    enter();
    try {
      inputs.hold(input);
      outputs.hold(output);
      wanted = examples;
      runHeld();
    } finally {
      wanted = 0;
      leave();
    }
  }

  /**
   * Computes the outputs for inputs and measures each step. If the plan divides the batch, the
   * parts are computed one after the other.
   *
   * @param given as in {@link #run(Tensor[], Tensor[])}
   * @param results as in {@link #run(Tensor[], Tensor[])}
   * @param nanoseconds receives what each of the plan's steps took, for all parts together, in
   *     their order
   * @throws ShapeMismatchException as in {@link #run(Tensor[], Tensor[])}, or if there is not one
   *     place for each step
   * @throws InvalidBufferException as in {@link #run(Tensor[], Tensor[])}
   * @throws IllegalStateException as in {@link #run(Tensor[], Tensor[])}
   */
  public void profile(Tensor[] given, Tensor[] results, long[] nanoseconds) {
    int steps = plan.steps().size();
    if (nanoseconds.length != steps) {
      throw new ShapeMismatchException(
          "The plan has %d steps; given room for the times of %d."
              .formatted(steps, nanoseconds.length));
    }
    enter();
    try {
      Arrays.fill(nanoseconds, 0);
      times = nanoseconds;
      inputs.hold(given);
      outputs.hold(results);
      runHeld();
    } finally {
      times = null;
      leave();
    }
  }

  private void runHeld() {
    inputs.check();
    outputs.check();
    Tensor[] given = inputs.held();
    Tensor[] results = outputs.held();
    checkDisjoint(given, results);
    int acquired = 0;
    try {
      while (acquired < given.length + results.length) {
        memory(given, results, acquired).acquire();
        acquired++;
      }
      runSteps(given, results);
    } finally {
      while (acquired > 0) {
        acquired--;
        memory(given, results, acquired).release();
      }
    }
  }

  private static Memory memory(Tensor[] given, Tensor[] results, int index) {
    return HeldElements.memory(index < given.length ? given[index] : results[index - given.length]);
  }

  private void runSteps(Tensor[] given, Tensor[] results) {
    if (wanted > 0 && wanted < plan.examples()) {
      runExamples(given, results);
    } else if (parts == null) {
      lanes[0].run(given, results, times);
    } else if (times == null) {
      parts.run(given, results);
    } else {
      parts.runTimed(given, results, times);
    }
  }

  private void runExamples(Tensor[] given, Tensor[] results) {
    if (parts != null) {
      parts.run(given, results, wanted);
    } else {
      lanes[0].run(given, partial.outputs(), times);
      partial.copyTo(results, wanted);
    }
  }

  /**
   * Makes all elements of the states 0, as they were before the first run. A plan without state,
   * see {@link Plan#keepsState}, has nothing to reset.
   *
   * @throws IllegalStateException if this session is closed, or another thread is in it
   */
  public void reset() {
    enter();
    try {
      for (Lane lane : lanes) {
        lane.reset();
      }
    } finally {
      leave();
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
        List.of(lanes).forEach(Lane::close);
        partial.close();
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

  private void leave() {
    inputs.clear();
    outputs.clear();
    state.set(IDLE);
  }

  private static IllegalStateException inUse() {
    return new IllegalStateException(
        "Another thread is using this session; give each thread its own.");
  }

  private void checkDisjoint(Tensor[] given, Tensor[] results) {
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
    }
    disjoint.check(results);
  }
}
