package org.conv4j.stream.analysis;

import java.util.List;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.NotStreamableException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.limit.Limits;
import org.conv4j.lowering.Program;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.optimize.Optimizer;
import org.conv4j.shape.Shape;

/** The programs of a model for signals of any length. */
public final class Lowerings {
  /**
   * The length that is analysed: divisible by the strides that networks have, and so long that
   * neither end matters in its middle.
   */
  static final long LENGTH = 256L * 9 * 5 * 7 * 11;

  private final Model model;
  private final Limits limits;
  private final InputSpec input;
  private final int axis;

  /** Of a model of one input and one output; others are refused. */
  public Lowerings(Model model, Limits limits) {
    if (model.inputs().size() != 1 || model.outputNames().size() != 1) {
      throw new NotStreamableException(
          "A network that is streamed has one input and one output; this one has %d and %d."
              .formatted(model.inputs().size(), model.outputNames().size()));
    }
    this.limits = limits;
    InputSpec given = model.inputs().get(0);
    if (given.dims() == null || given.dims().size() < 2) {
      throw new NotStreamableException(
          "Input '%s' has the shape %s; to be streamed, it needs a batch, an axis of time and what a frame consists of."
              .formatted(given.name(), given.format()));
    }
    axis = timeAxis(given);
    boolean open = given.dims().get(axis) == InputSpec.ANY;
    this.model = open ? model : model.withOpenExtent(0, axis);
    input = this.model.inputs().get(0);
  }

  /** The only open axis, or the first one behind the batch if the length of the signal is fixed. */
  private static int timeAxis(InputSpec input) {
    int found = 0;
    for (int i = 1; i < input.dims().size(); i++) {
      if (input.dims().get(i) == InputSpec.ANY) {
        if (found != 0) {
          throw new NotStreamableException(
              "Input '%s' has the shape %s; to be streamed, only its axis of time may be open."
                  .formatted(input.name(), input.format()));
        }
        found = i;
      }
    }
    return found == 0 ? 1 : found;
  }

  /** The shape of some frames of one signal. */
  public Shape input(long frames) {
    long[] dims = new long[input.dims().size()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = i == 0 ? 1 : i == axis ? frames : input.dims().get(i);
    }
    return Shape.of(dims);
  }

  /** The program that is analysed. Chunks are cut from its second half. */
  public TimedProgram analysed() {
    Program shorter;
    Program program;
    try {
      shorter = lower(LENGTH);
      program = lower(2 * LENGTH);
    } catch (ShapeMismatchException misfit) {
      throw new NotStreamableException(
          "The network cannot be streamed, as it does not take signals of any length: "
              + misfit.getMessage(),
          misfit);
    }
    return TimedProgram.of(program, shorter);
  }

  /** The program for a whole signal of some length, which may be too short for the network. */
  public TimedProgram whole(long frames) {
    // Time is the axis that is longer in another program.
    return TimedProgram.of(lower(frames), lower(frames + LENGTH));
  }

  /** Whether the network takes so short a signal. */
  public boolean takes(long frames) {
    try {
      model.shapes(List.of(input(frames)));
      return true;
    } catch (Conv4jException tooShort) {
      return false;
    }
  }

  private Program lower(long frames) {
    return Optimizer.optimize(model.lower(List.of(input(frames)), limits), limits);
  }
}
