package org.conv4j.stream.analysis;

import java.util.List;
import java.util.Optional;
import org.conv4j.error.NotStreamableException;
import org.conv4j.function.ResizeCoordinates;
import org.conv4j.lowering.Step;
import org.conv4j.op.Op;
import org.conv4j.op.Recurrence;
import org.conv4j.op.Resize;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;

/**
 * A step of a program, and where in what it reads and writes time is.
 *
 * @param step the step
 * @param axis the axis of its output that is time; {@link FrameAxis#NONE} if none is
 * @param operands for each value that it reads, where time is in it
 */
public record TimedStep(Step step, int axis, List<FrameAxis> operands) {
  /** Some frames of a value: those from one number up to, but without, another. */
  public record Interval(long from, long to) {
    public long frames() {
      return to - from;
    }
  }

  public boolean hasTime() {
    return axis != FrameAxis.NONE;
  }

  public Op op() {
    return step.op();
  }

  /** The frames of its output, in the program that it is a step of. */
  public long frames() {
    return op().output().dim(axis);
  }

  /** The frames of an operand, as this step counts them, from which frames of the output follow. */
  public Interval reads(int operand, long from, long to) {
    if (isRecurrent()) {
      return new Interval(from, to);
    }
    if (repeats() > 1) {
      return new Interval(from / repeats(), (to - 1) / repeats() + 1);
    }
    Region read = region(operand, from, to);
    int readAxis = operands.get(operand).axis();
    return new Interval(read.begin(readAxis), read.end(readAxis));
  }

  /** Whether an operand, which has no time, is read as a whole for some frames of the output. */
  public boolean readsWhole(int operand, long from, long to) {
    Shape shape = op().inputs().get(operand);
    return repeats() > 1 || region(operand, from, to).equals(Region.of(shape));
  }

  /** Whether the weights are the same for all frames of the output. */
  public boolean readsWholeConstants(long from, long to) {
    for (int i = 0; i < op().constants().size(); i++) {
      if (!op().readsConstant(i, frames(from, to)).equals(Region.of(op().constants().get(i)))) {
        return false;
      }
    }
    return true;
  }

  private Region region(int operand, long from, long to) {
    return op().reads(operand, frames(from, to));
  }

  private Region frames(long from, long to) {
    return Region.of(op().output()).with(axis, from, to);
  }

  /** The op that computes some frames of the output. */
  public Op on(long from, long to) {
    return find(from, to)
        .orElseThrow(
            () ->
                refusal(
                    "frames %d to %d of it cannot be computed on their own".formatted(from, to)));
  }

  private Optional<Op> find(long from, long to) {
    if (isRecurrent()) {
      return Optional.of(recurrence(from, to));
    }
    long repeats = repeats();
    if (repeats == 1) {
      return op().on(frames(from, to));
    }
    if (from % repeats != 0 || to % repeats != 0) {
      return Optional.empty();
    }
    Resize resize = (Resize) op();
    Shape input = resize.input().withDim(axis, (to - from) / repeats);
    Shape output = resize.output().withDim(axis, to - from);
    return Optional.of(new Resize(input, output, resize.method(), resize.coordinates()));
  }

  /**
   * Whether a frame of the output follows from the one before it: what the step is left with after
   * some frames is what it begins the next ones with. Other recurrences read the whole signal.
   */
  public boolean isRecurrent() {
    return op() instanceof Recurrence recurrence
        && axis == 1
        && recurrence.input().dim(0) == 1
        && recurrence.sequence()
        && recurrence.finalStates() == 0
        && recurrence.masking() == Recurrence.Masking.NONE
        && !recurrence.reverse()
        && !recurrence.initialStates();
  }

  /** Goes on with the states that it was left with, and writes those that it is left with. */
  private Recurrence recurrence(long from, long to) {
    Recurrence whole = (Recurrence) op();
    return new Recurrence(
        whole.input().withDim(1, to - from),
        whole.cell(),
        whole.bias(),
        false,
        Recurrence.Masking.NONE,
        true,
        true,
        whole.cell().states());
  }

  /** How often each frame is repeated; 1 for all ops but those that resize time. */
  private long repeats() {
    if (!(op() instanceof Resize resize) || resize.input().dim(axis) == resize.output().dim(axis)) {
      return 1;
    }
    long repeats = resize.output().dim(axis) / resize.input().dim(axis);
    boolean exact = repeats * resize.input().dim(axis) == resize.output().dim(axis);
    if (!exact
        || resize.method() != Resize.Method.NEAREST
        || resize.coordinates() == ResizeCoordinates.ALIGN_CORNERS) {
      throw refusal("it resizes the time axis otherwise than by repeating each frame");
    }
    return repeats;
  }

  public NotStreamableException refusal(String reason) {
    return new NotStreamableException(
        "Layer '%s' (%s of %s) cannot be streamed: %s."
            .formatted(step.layer(), op().getClass().getSimpleName(), op().input(), reason));
  }
}
