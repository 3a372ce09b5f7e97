package org.conv4j.stream.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.conv4j.frames.FrameProgram;
import org.conv4j.frames.FrameRead;
import org.conv4j.frames.FrameRing;
import org.conv4j.frames.FrameStep;
import org.conv4j.op.Binary;
import org.conv4j.op.Concat;
import org.conv4j.op.Convolution;
import org.conv4j.op.Eltwise;
import org.conv4j.op.InnerProduct;
import org.conv4j.op.Op;
import org.conv4j.op.Scale;
import org.conv4j.op.SimpleOpVisitor;
import org.conv4j.op.Slice;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.stream.analysis.TimedStep.Interval;
import org.conv4j.weights.Constant;

/**
 * Writes a network as a program of frames, if it is one: each of its values has a frame for each of
 * the signal's, and its ops are among those that such programs have.
 */
public final class FrameProgramBuilder {
  private final Schedule schedule;
  private final TimedProgram source;

  /** By value of the source, its number in the program. */
  private final Map<Integer, Integer> numbers = new HashMap<>();

  private final List<Integer> channels = new ArrayList<>();
  private final List<FrameStep> steps = new ArrayList<>();

  private FrameProgramBuilder(Schedule schedule) {
    this.schedule = schedule;
    source = schedule.program();
  }

  /**
   * Writes the program.
   *
   * @return the program, whose rings are the schedule's histories in their order; nothing if the
   *     network is none such
   */
  public static Optional<FrameProgram> of(Schedule schedule) {
    return new FrameProgramBuilder(schedule).build();
  }

  private Optional<FrameProgram> build() {
    int output = source.program().outputs().get(0);
    if (schedule.period() != 1 || source.inputAxis() != 1 || !isPlain(source.output())) {
      return Optional.empty();
    }
    add(0);
    for (TimedStep step : source.steps()) {
      if (!step.hasTime() || step.axis() != 1 || schedule.timing(value(step)).rate() != 1) {
        return Optional.empty();
      }
      Optional<FrameStep> made = step(step);
      if (made.isEmpty()) {
        return Optional.empty();
      }
      steps.add(made.get());
      add(value(step));
    }
    List<FrameRing> rings = new ArrayList<>();
    for (History history : schedule.histories()) {
      long begins = -schedule.timing(history.value()).count(0);
      int ignored = history.padding() ? Math.toIntExact(Math.max(0, begins)) : 0;
      int frames = Math.toIntExact(history.frames());
      int value = numbers.get(history.value());
      rings.add(new FrameRing(value, frames, ignored, (float) history.initial()));
    }
    return Optional.of(FrameProgram.of(channels, steps, rings, numbers.get(output)));
  }

  private static int value(TimedStep step) {
    return step.step().output();
  }

  /** Time is the first axis behind the batch of 1, and a frame is a frame for those who read it. */
  private static boolean isPlain(FrameAxis axis) {
    return axis.axis() == 1 && axis.frames() == 1;
  }

  private void add(int value) {
    numbers.put(value, channels.size());
    channels.add(Math.toIntExact(elements(source.type(value).shape())));
  }

  private static long elements(Shape shape) {
    return shape.elementCount() / shape.dim(1);
  }

  private Optional<FrameStep> step(TimedStep step) {
    for (FrameAxis operand : step.operands()) {
      if (!isPlain(operand)) {
        return Optional.empty();
      }
    }
    for (Shape read : step.op().inputs()) {
      if (read.dim(0) != 1) {
        return Optional.empty();
      }
    }
    return step.op().accept(new Writer(step));
  }

  /** What frames of an operand a frame of the output needs. */
  private Interval needed(TimedStep step, int operand) {
    long output = schedule.middle(value(step)) + schedule.timing(value(step)).count(0);
    int read = step.step().inputs().get(operand);
    long there = schedule.middle(read) + schedule.timing(read).count(0);
    Interval frames = step.reads(operand, output, output + 1);
    return new Interval(there - frames.from(), there - frames.to() + 1);
  }

  /** How many frames ago the only frame of an operand was. */
  private FrameRead read(TimedStep step, int operand) {
    return read(step, operand, needed(step, operand).from());
  }

  private FrameRead read(TimedStep step, int operand, long delay) {
    int value = numbers.get(step.step().inputs().get(operand));
    int ring = delay == 0 ? FrameRead.NONE : schedule.history(value(step), operand);
    return new FrameRead(value, ring, Math.toIntExact(delay));
  }

  /** Writes a step. */
  private final class Writer extends SimpleOpVisitor<Optional<FrameStep>> {
    private final TimedStep step;
    private final List<Constant> constants;

    Writer(TimedStep step) {
      this.step = step;
      constants = step.step().constants();
    }

    @Override
    protected Optional<FrameStep> other(Op op) {
      return Optional.empty();
    }

    @Override
    public Optional<FrameStep> visit(Convolution op) {
      Window window = op.window();
      if (window.rank() != 1) {
        return Optional.empty();
      }
      List<FrameRead> taps = new ArrayList<>();
      long first = needed(step, 0).from();
      for (int tap = 0; tap < window.kernel().get(0); tap++) {
        taps.add(read(step, 0, first - (long) tap * window.dilation().get(0)));
      }
      Optional<FrameRead> residual = op.residual() ? Optional.of(read(step, 1)) : Optional.empty();
      if (op.groups() == 1) {
        return Optional.of(
            new FrameStep.Product(
                taps, constants.get(0), bias(op.bias()), residual, op.activation()));
      }
      boolean alone = op.isDepthwise() && op.groups() == op.output().intDim(-1);
      return alone && !op.residual()
          ? Optional.of(
              new FrameStep.Factors(taps, constants.get(0), bias(op.bias()), op.activation()))
          : Optional.empty();
    }

    private Optional<Constant> bias(boolean present) {
      return present ? Optional.of(constants.get(1)) : Optional.empty();
    }

    @Override
    public Optional<FrameStep> visit(InnerProduct op) {
      return isRow(op.input())
          ? Optional.of(
              new FrameStep.Product(
                  List.of(read(step, 0)),
                  constants.get(0),
                  bias(op.bias()),
                  Optional.empty(),
                  op.activation()))
          : Optional.empty();
    }

    @Override
    public Optional<FrameStep> visit(Scale op) {
      return isRow(op.input())
          ? Optional.of(
              new FrameStep.Factors(
                  List.of(read(step, 0)), constants.get(0), bias(true), op.activation()))
          : Optional.empty();
    }

    @Override
    public Optional<FrameStep> visit(Eltwise op) {
      return Optional.of(new FrameStep.Function(read(step, 0), op.activation()));
    }

    @Override
    public Optional<FrameStep> visit(Binary op) {
      return op.left().equals(op.right())
          ? Optional.of(
              new FrameStep.Combination(
                  read(step, 0), read(step, 1), op.function(), op.activation()))
          : Optional.empty();
    }

    @Override
    public Optional<FrameStep> visit(Concat op) {
      if (!isRow(op.output()) || op.axis() != op.output().rank() - 1) {
        return Optional.empty();
      }
      List<FrameRead> reads = new ArrayList<>();
      for (int i = 0; i < op.inputs().size(); i++) {
        reads.add(read(step, i));
      }
      return Optional.of(new FrameStep.Join(reads));
    }

    @Override
    public Optional<FrameStep> visit(Slice op) {
      int last = op.input().rank() - 1;
      boolean ofChannels =
          isRow(op.input()) && op.steps().all(1) && op.input().dim(1) == op.output().dim(1);
      return ofChannels
          ? Optional.of(new FrameStep.Part(read(step, 0), op.begin().get(last)))
          : Optional.empty();
    }

    /** Whether a frame is what lies along the last axis. */
    private boolean isRow(Shape shape) {
      return shape.dim(-1) == elements(shape);
    }
  }
}
