package org.conv4j.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/**
 * One caller's buffers for a plan. It owns an arena for the values between the steps and a
 * scratchpad, or several of them if the plan computes parts of a batch at the same time, allocated
 * when it is made; {@link #run} allocates nothing.
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

  /** Where a run that is measured puts its times; null otherwise. */
  private long[] times;

  private final Border inputs;
  private final Border outputs;
  private final AtomicInteger state = new AtomicInteger(IDLE);

  /** The caller's tensors of one direction. */
  private record Border(String what, Shape[] shapes, Tensor[] single) {
    static Border of(String what, List<Shape> shapes) {
      return new Border(what, shapes.toArray(Shape[]::new), new Tensor[1]);
    }
  }

  Session(Plan plan, BatchDivision division, Supplier<Lane> newLane) {
    this.plan = plan;
    inputs = Border.of("input", plan.inputShapes());
    outputs = Border.of("output", plan.outputShapes());
    List<Lane> made = new ArrayList<>();
    try {
      while (made.size() < division.lanes()) {
        made.add(newLane.get());
      }
    } catch (RuntimeException | Error failure) {
      made.forEach(Lane::close);
      throw failure;
    }
    lanes = made.toArray(Lane[]::new);
    parts = division.parts() == 1 ? null : new PartRuns(division, lanes);
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
    if (parts == null) {
      lanes[0].run(given, results, times);
    } else if (times == null) {
      parts.run(given, results);
    } else {
      parts.runTimed(given, results, times);
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
}
