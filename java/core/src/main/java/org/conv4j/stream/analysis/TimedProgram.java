package org.conv4j.stream.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.error.NotStreamableException;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.ValueType;

/**
 * A program for a signal of some length, and where in its values time is: along the axis whose
 * extent is another one in the same program for another length.
 */
public final class TimedProgram {
  private final Program program;
  private final List<TimedStep> steps;

  /** By value, its frames; those without time are not here. */
  private final Map<Integer, Long> frames;

  /** By value, its frames in the other program. */
  private final Map<Integer, Long> otherFrames;

  private final Map<Integer, ValueType> types;
  private final int inputAxis;
  private final FrameAxis output;

  private TimedProgram(
      Program program,
      List<TimedStep> steps,
      Map<Integer, Long> frames,
      Map<Integer, Long> otherFrames,
      Map<Integer, ValueType> types,
      int inputAxis,
      FrameAxis output) {
    this.program = program;
    this.steps = steps;
    this.frames = frames;
    this.otherFrames = otherFrames;
    this.types = types;
    this.inputAxis = inputAxis;
    this.output = output;
  }

  public Program program() {
    return program;
  }

  public List<TimedStep> steps() {
    return steps;
  }

  /** How many frames a value has. */
  public long frames(int value) {
    return frames.get(value);
  }

  /** How many frames more a value has than in the program for a shorter signal. */
  public long growth(int value) {
    return frames.get(value) - otherFrames.get(value);
  }

  /** The type of a value. */
  public ValueType type(int value) {
    return types.get(value);
  }

  /** Where time is in the program's input. */
  public int inputAxis() {
    return inputAxis;
  }

  /** Where time is in what the program returns. */
  public FrameAxis output() {
    return output;
  }

  /**
   * Finds time in a program.
   *
   * @param program the program
   * @param other the same one for a signal of another length
   */
  public static TimedProgram of(Program program, Program other) {
    if (program.steps().size() != other.steps().size()) {
      throw new NotStreamableException(
          "The network cannot be streamed: it has other layers for a signal of another length.");
    }
    return new Search(program, other).search();
  }

  /** Walks through both programs. */
  private static final class Search {
    private final Program program;
    private final Program other;
    private final Map<Integer, ValueType> types = new HashMap<>();
    private final Map<Integer, ValueType> otherTypes = new HashMap<>();
    private final Map<Integer, Long> frames = new HashMap<>();
    private final Map<Integer, Long> otherFrames = new HashMap<>();
    private final Map<Integer, Integer> axes = new HashMap<>();

    Search(Program program, Program other) {
      this.program = program;
      this.other = other;
      program.values().forEach((number, value) -> types.put(number, value.type()));
      other.values().forEach((number, value) -> otherTypes.put(number, value.type()));
    }

    TimedProgram search() {
      for (int value : program.constants().keySet()) {
        ValueType same = otherTypes.get(value);
        if (same == null || !same.shape().equals(types.get(value).shape())) {
          throw new NotStreamableException(
              "The network cannot be streamed: it contains constants for each moment of time.");
        }
      }
      for (int input = 0; input < program.inputs().size(); input++) {
        note("input", input);
      }
      List<TimedStep> steps = new ArrayList<>();
      for (int i = 0; i < program.steps().size(); i++) {
        steps.add(step(program.steps().get(i), other.steps().get(i)));
      }
      return new TimedProgram(
          program, List.copyOf(steps), frames, otherFrames, types, axes.get(0), output());
    }

    private TimedStep step(Step step, Step same) {
      if (!step.layer().equals(same.layer())
          || step.op().getClass() != same.op().getClass()
          || !step.inputs().equals(same.inputs())
          || step.output() != same.output()) {
        throw refusal(step.layer(), "it is another one for a signal of another length");
      }
      List<FrameAxis> operands = new ArrayList<>();
      boolean timed = false;
      for (int i = 0; i < step.inputs().size(); i++) {
        Shape read = step.op().inputs().get(i);
        Shape otherRead = same.op().inputs().get(i);
        operands.add(axis(step.layer(), step.inputs().get(i), read, otherRead));
        timed |= operands.get(i).hasTime();
      }
      if (!step.op().constants().equals(same.op().constants())) {
        throw refusal(step.layer(), "it has weights for each moment of time");
      }
      note(step.layer(), step.output());
      if (timed != frames.containsKey(step.output())) {
        throw refusal(step.layer(), "it makes one value of the whole signal");
      }
      int axis = timed ? axes.get(step.output()) : FrameAxis.NONE;
      return new TimedStep(step, axis, List.copyOf(operands));
    }

    private void note(String layer, int value) {
      Shape shape = types.get(value).shape();
      int axis = difference(layer, shape, otherTypes.get(value).shape());
      if (axis != FrameAxis.NONE) {
        axes.put(value, axis);
        frames.put(value, shape.dim(axis));
        otherFrames.put(value, otherTypes.get(value).shape().dim(axis));
      }
    }

    private FrameAxis output() {
      int value = program.outputs().get(0);
      FrameAxis axis =
          axis("output", value, program.outputShapes().get(0), other.outputShapes().get(0));
      if (!axis.hasTime()) {
        throw new NotStreamableException(
            "The network cannot be streamed: it returns one value for the whole signal.");
      }
      return axis;
    }

    /** Where time is in a value that is read in another shape. */
    private FrameAxis axis(String layer, int value, Shape read, Shape otherRead) {
      int axis = difference(layer, read, otherRead);
      Integer own = axes.get(value);
      if ((own == null) != (axis == FrameAxis.NONE)) {
        throw refusal(layer, "it mixes the time axis with others");
      }
      if (own == null) {
        return FrameAxis.TIMELESS;
      }
      Shape shape = types.get(value).shape();
      long each = read.dim(axis) / shape.dim(own);
      boolean whole =
          each > 0
              && read.dim(axis) == each * shape.dim(own)
              && otherRead.dim(axis) == each * otherTypes.get(value).shape().dim(own)
              && before(read, axis) == before(shape, own);
      if (!whole) {
        throw refusal(layer, "it mixes the time axis with others");
      }
      return new FrameAxis(axis, each);
    }

    private static long before(Shape shape, int axis) {
      long elements = 1;
      for (int i = 0; i < axis; i++) {
        elements *= shape.dim(i);
      }
      return elements;
    }

    private static int difference(String layer, Shape shape, Shape otherShape) {
      int found = FrameAxis.NONE;
      boolean one = shape.rank() == otherShape.rank();
      for (int axis = 0; one && axis < shape.rank(); axis++) {
        if (shape.dim(axis) != otherShape.dim(axis)) {
          one = found == FrameAxis.NONE;
          found = axis;
        }
      }
      if (!one) {
        throw refusal(layer, "several axes depend on the length of the signal");
      }
      return found;
    }

    private static NotStreamableException refusal(String layer, String reason) {
      return new NotStreamableException(
          "Layer '%s' cannot be streamed: %s.".formatted(layer, reason));
    }
  }
}
