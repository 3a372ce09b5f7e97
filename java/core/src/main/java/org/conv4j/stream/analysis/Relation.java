package org.conv4j.stream.analysis;

import java.util.Optional;
import org.conv4j.error.NotStreamableException;
import org.conv4j.function.PoolingKind;
import org.conv4j.op.Op;
import org.conv4j.op.Pad;
import org.conv4j.op.Pooling;
import org.conv4j.stream.analysis.TimedStep.Interval;

/**
 * Which frames of an operand the frames of a step's output follow from, told from the middle of a
 * long signal. Both are counted from there; counted from the first frame, they are the same.
 */
final class Relation {
  private final TimedStep step;
  private final int operand;
  private final long outputOrigin;
  private final long operandOrigin;
  private final boolean padded;

  private Relation(
      TimedStep step, int operand, long outputOrigin, long operandOrigin, boolean padded) {
    this.step = step;
    this.operand = operand;
    this.outputOrigin = outputOrigin;
    this.operandOrigin = operandOrigin;
    this.padded = padded;
  }

  /**
   * Looks at a step.
   *
   * @param step the step
   * @param operand which of the values that it reads
   * @param periods how many periods of the network the middle of the signal is behind its begin
   * @param outputRate frames of the output for a period
   * @param operandRate frames of the operand for a period, as the step counts them
   * @throws NotStreamableException if the step does not do the same at all times, or needs the
   *     whole signal
   */
  static Relation of(TimedStep step, int operand, long periods, long outputRate, long operandRate) {
    long outputOrigin = periods * outputRate;
    long operandOrigin = periods * operandRate;
    Interval read = step.reads(operand, outputOrigin, outputOrigin + outputRate);
    long end = step.op().inputs().get(operand).dim(step.operands().get(operand).axis());
    if (read.from() == 0 || read.to() == end) {
      throw step.refusal("a frame of its output needs the whole signal");
    }
    for (int later : new int[] {1, 3}) {
      long output = outputOrigin + later * outputRate;
      Interval other = step.reads(operand, output, output + outputRate);
      boolean same =
          read.frames() > 0
              && other.from() == read.from() + later * operandRate
              && other.to() == read.to() + later * operandRate;
      if (!same) {
        throw step.refusal("it does not do the same at all times");
      }
    }
    boolean padded = false;
    for (long frame = outputOrigin; frame < outputOrigin + outputRate; frame++) {
      Interval one = step.reads(operand, frame, frame + 1);
      padded |= one.frames() > 0 && one.from() - operandOrigin < 0;
    }
    return new Relation(step, operand, outputOrigin, operandOrigin, padded);
  }

  /** The first frame that a frame of the output follows from; negative for padding. */
  long first(long frame) {
    return read(frame).from() - operandOrigin;
  }

  /** The frame behind the last one that a frame of the output follows from. */
  long end(long frame) {
    return read(frame).to() - operandOrigin;
  }

  private Interval read(long frame) {
    long at = outputOrigin + frame;
    return step.reads(operand, at, at + 1);
  }

  /** Whether the first frames follow from padding. */
  boolean isPadded() {
    return padded;
  }

  /** What is read in front of the first frame. */
  double padding() {
    Op op = step.op();
    if (padded && op instanceof Pooling pooling && pooling.kind() == PoolingKind.AVERAGE) {
      throw step.refusal("averages over fewer frames where it pads the begin of the signal");
    }
    if (padded && op instanceof Pooling) {
      return Double.NEGATIVE_INFINITY;
    }
    return op instanceof Pad pad ? pad.value() : 0;
  }

  /** How many frames of padding an op itself says it has before the first one, if it does. */
  static Optional<Integer> padBegin(TimedStep step) {
    Op op = step.op();
    if (op instanceof org.conv4j.op.Windowed windowed) {
      return Optional.of(windowed.window().padBegin().get(step.axis() - 1));
    }
    return op instanceof Pad pad ? Optional.of(pad.begin().get(step.axis())) : Optional.empty();
  }
}
