package org.conv4j.stream.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.conv4j.lowering.ConstantValue;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.op.Concat;
import org.conv4j.op.Op;
import org.conv4j.op.Recurrence;
import org.conv4j.op.Slice;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.stream.analysis.TimedStep.Interval;
import org.conv4j.tensor.ValueType;

/**
 * Writes the program of a chunk: of every step of a program for a whole signal, the part that
 * computes some frames. What a step reads of the past comes out of a history, which stands in front
 * of the chunk's own frames.
 */
public final class ChunkBuilder {
  /** Says which frames of a value are new in the chunk. */
  interface Frames {
    Interval of(int value);
  }

  /** In the place of a layer's name. */
  private static final String KEEPING = "stream";

  private final Schedule schedule;
  private final TimedProgram source;
  private final List<History> histories;
  private final Frames frames;
  private final boolean hasInput;

  private final List<ValueType> inputs = new ArrayList<>();
  private final Map<Integer, ConstantValue> constants = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final Map<Integer, ValueType> types = new HashMap<>();

  /** By value of the source, the value that has its new frames, or all of it if it has no time. */
  private final Map<Integer, Integer> numbers = new HashMap<>();

  /** By history, the value that the states of a recurrence become. */
  private final Map<Integer, Integer> recurrent = new HashMap<>();

  /** What was put together already. */
  private final Map<Piece, Integer> pieces = new HashMap<>();

  private int next;

  /** Some frames of a value, as those see them who read it and share a history. */
  private record Piece(int value, FrameAxis axis, Shape frame, int history, Interval frames) {
    Shape of(long count) {
      return frame.withDim(axis.axis(), count);
    }
  }

  private ChunkBuilder(Schedule schedule, TimedProgram source, Frames frames) {
    this.schedule = schedule;
    this.source = source;
    this.frames = frames;
    histories = schedule.histories();
    hasInput = frames.of(0).frames() > 0;
  }

  /** The chunk of so many frames of the signal, at some phase of the network's period. */
  public static Chunk chunk(Schedule schedule, int phase, int count) {
    return new ChunkBuilder(
            schedule,
            schedule.program(),
            value ->
                new Interval(
                    schedule.middle(value) + schedule.timing(value).count(phase),
                    schedule.middle(value) + schedule.timing(value).count(phase + count)))
        .build();
  }

  /** What remains to be computed when a signal has ended. */
  public static Chunk tail(Schedule schedule, TimedProgram whole, long signalFrames) {
    return new ChunkBuilder(
            schedule,
            whole,
            value ->
                new Interval(
                    Math.max(0, schedule.timing(value).count(signalFrames)), whole.frames(value)))
        .build();
  }

  private Chunk build() {
    Program program = source.program();
    if (hasInput) {
      ValueType signal = program.inputs().get(0);
      Shape some = signal.shape().withDim(source.inputAxis(), frames.of(0).frames());
      numbers.put(0, input(signal.withShape(some)));
    }
    for (History history : histories) {
      ValueType type = source.type(history.value());
      input(type.withShape(history.shape()));
    }
    program.constants().forEach(this::constant);
    for (TimedStep step : source.steps()) {
      step(step);
    }
    List<Integer> outputs = new ArrayList<>();
    List<Shape> shapes = new ArrayList<>();
    int output = program.outputs().get(0);
    long outputFrames = source.output().frames() * frames.of(output).frames();
    if (outputFrames > 0) {
      outputs.add(numbers.get(output));
      shapes.add(program.outputShapes().get(0).withDim(source.output().axis(), outputFrames));
    }
    List<Integer> changed = new ArrayList<>();
    for (int i = 0; i < histories.size(); i++) {
      if (frames.of(histories.get(i).value()).frames() > 0 && hasInput) {
        changed.add(i);
        outputs.add(kept(i));
        shapes.add(histories.get(i).shape());
      }
    }
    Optional<Program> made =
        outputs.isEmpty() ? Optional.empty() : Optional.of(program(outputs, shapes));
    return new Chunk(
        made, (int) frames.of(0).frames(), (int) Math.max(0, outputFrames), List.copyOf(changed));
  }

  /** Without the steps that the outputs do not need. */
  private Program program(List<Integer> outputs, List<Shape> shapes) {
    boolean[] needed = new boolean[next];
    outputs.forEach(output -> needed[output] = true);
    List<Step> used = new ArrayList<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      if (needed[step.output()]) {
        used.add(0, step);
        step.inputs().forEach(input -> needed[input] = true);
      }
    }
    constants.keySet().removeIf(constant -> !needed[constant]);
    return new Program(inputs, constants, List.of(), used, outputs, shapes);
  }

  private int input(ValueType type) {
    inputs.add(type);
    return number(type);
  }

  private void constant(int value, ConstantValue constant) {
    numbers.put(value, number(constant.type()));
    constants.put(numbers.get(value), constant);
  }

  private int number(ValueType type) {
    types.put(next, type);
    return next++;
  }

  private int append(Step step) {
    types.put(next, step.type());
    steps.add(step);
    return next++;
  }

  private void step(TimedStep timed) {
    Step step = timed.step();
    if (!timed.hasTime()) {
      List<Integer> read = step.inputs().stream().map(numbers::get).toList();
      numbers.put(step.output(), append(numbered(step, step.op(), read)));
      return;
    }
    Interval wanted = frames.of(step.output());
    if (wanted.frames() <= 0) {
      return;
    }
    Op op = timed.on(wanted.from(), wanted.to());
    List<Integer> read = new ArrayList<>();
    for (int i = 0; i < step.inputs().size(); i++) {
      read.add(
          timed.operands().get(i).hasTime()
              ? gather(timed, i, timed.reads(i, wanted.from(), wanted.to()))
              : numbers.get(step.inputs().get(i)));
    }
    if (timed.isRecurrent()) {
      recur(timed, (Recurrence) op, read);
    } else {
      numbers.put(step.output(), append(numbered(step, op, read)));
    }
  }

  /** Reads the states, and takes what is written apart: the frames, and behind them the states. */
  private void recur(TimedStep timed, Recurrence op, List<Integer> read) {
    Step step = timed.step();
    int history = schedule.history(step.output(), Schedule.STATES);
    Shape states = histories.get(history).shape();
    int kept = hasInput ? 1 + history : history;
    for (int i = 0; i < states.dim(1); i++) {
      read.add(rows(step.layer(), kept, states, i, 1));
    }
    int made = append(numbered(step, op, read));
    long own = op.input().dim(1);
    numbers.put(step.output(), rows(step.layer(), made, op.output(), 0, own));
    recurrent.put(history, rows(KEEPING, made, op.output(), own, states.dim(1)));
  }

  private int rows(String layer, int number, Shape shape, long first, long count) {
    IntTuple begin = IntTuple.of(0, Math.toIntExact(first), 0);
    IntTuple steps = IntTuple.filled(3, 1);
    return copy(layer, new Slice(shape, begin, steps, shape.withDim(1, count)), List.of(number));
  }

  private Step numbered(Step step, Op op, List<Integer> read) {
    return new Step(
        step.layer(),
        step.fused(),
        op,
        read,
        next,
        step.type().withShape(op.output()),
        step.constants());
  }

  /** The value that has some frames of an operand. */
  private int gather(TimedStep step, int operand, Interval wanted) {
    int value = step.step().inputs().get(operand);
    FrameAxis axis = step.operands().get(operand);
    Interval own = own(value, axis);
    if (own.equals(wanted)) {
      return numbers.get(value);
    }
    Shape frame = step.op().inputs().get(operand).withDim(axis.axis(), 1);
    int history = schedule.history(step.step().output(), operand);
    long kept = history < 0 ? 0 : histories.get(history).frames();
    if (wanted.from() < own.from() - kept || wanted.to() > own.to()) {
      throw step.refusal(
          "of what it reads, frames %d to %d are not there".formatted(wanted.from(), wanted.to()));
    }
    Piece piece = new Piece(value, axis, frame, history, wanted);
    Integer made = pieces.get(piece);
    if (made == null) {
      made = join(step.step().layer(), piece);
      pieces.put(piece, made);
    }
    return made;
  }

  /** The new frames of a value, as they are counted by who reads it. */
  private Interval own(int value, FrameAxis axis) {
    Interval own = frames.of(value);
    return new Interval(own.from() * axis.frames(), own.to() * axis.frames());
  }

  /** Puts old and new frames together. */
  private int join(String layer, Piece piece) {
    Interval own = own(piece.value(), piece.axis());
    Interval wanted = piece.frames();
    List<Integer> parts = new ArrayList<>();
    List<Shape> shapes = new ArrayList<>();
    if (wanted.from() < own.from()) {
      long kept = histories.get(piece.history()).frames();
      long first = wanted.from() - (own.from() - kept);
      long count = Math.min(wanted.to(), own.from()) - wanted.from();
      parts.add(
          slice(
              layer, hasInput ? 1 + piece.history() : piece.history(), piece, kept, first, count));
      shapes.add(piece.of(count));
    }
    if (wanted.to() > own.from()) {
      long first = Math.max(wanted.from(), own.from()) - own.from();
      long count = wanted.to() - own.from() - first;
      parts.add(slice(layer, numbers.get(piece.value()), piece, own.frames(), first, count));
      shapes.add(piece.of(count));
    }
    if (parts.size() == 1) {
      return parts.get(0);
    }
    return copy(layer, new Concat(shapes, piece.axis().axis()), parts);
  }

  private int slice(String layer, int number, Piece piece, long all, long first, long count) {
    return first == 0 && count == all ? number : cut(layer, number, piece, all, first, count);
  }

  private int cut(String layer, int number, Piece piece, long all, long first, long count) {
    Shape shape = piece.of(all);
    int axis = piece.axis().axis();
    IntTuple begin = IntTuple.generate(shape.rank(), i -> i == axis ? Math.toIntExact(first) : 0);
    IntTuple steps = IntTuple.filled(shape.rank(), 1);
    return copy(layer, new Slice(shape, begin, steps, piece.of(count)), List.of(number));
  }

  /** Moves elements, which keep their type. */
  private int copy(String layer, Op op, List<Integer> read) {
    ValueType type = types.get(read.get(0)).withShape(op.output());
    return append(new Step(layer, List.of(), op, read, next, type, List.of()));
  }

  /** What a history becomes: the last of its own frames and the new ones. */
  private int kept(int index) {
    History history = histories.get(index);
    if (history.states()) {
      return recurrent.get(index);
    }
    FrameAxis axis = history.axis();
    Interval own = own(history.value(), axis);
    long kept = history.frames();
    Shape frame = history.shape().withDim(axis.axis(), 1);
    Interval all = new Interval(own.from() - kept, own.to());
    Integer joined = pieces.get(new Piece(history.value(), axis, frame, index, all));
    Piece last =
        new Piece(history.value(), axis, frame, index, new Interval(own.to() - kept, own.to()));
    if (joined != null) {
      return cut(KEEPING, joined, last, all.frames(), own.frames(), kept);
    }
    if (own.frames() >= kept) {
      int value = numbers.get(history.value());
      return cut(KEEPING, value, last, own.frames(), own.frames() - kept, kept);
    }
    return join(KEEPING, last);
  }
}
