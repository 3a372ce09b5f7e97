package org.conv4j.stream.analysis;

import java.util.HashMap;
import java.util.Map;
import org.conv4j.error.NotStreamableException;
import org.conv4j.stream.analysis.TimedStep.Interval;

/** From how many frames of the signal a frame of the output follows. */
final class ReceptiveField {
  private ReceptiveField() {}

  /** The largest of those of all frames of a period. */
  static long of(TimedProgram program, Rates rates) {
    int output = program.program().outputs().get(0);
    long most = 0;
    for (long frame = 0; frame < rates.of(output); frame++) {
      Interval signal = of(program, rates.middle(output) + frame);
      if (signal.from() <= 0) {
        throw new NotStreamableException(
            "The network cannot be streamed: an output follows from more than %d frames."
                .formatted(Lowerings.LENGTH));
      }
      most = Math.max(most, signal.frames());
    }
    return most;
  }

  /** Walks from a frame of the output back to the signal. */
  private static Interval of(TimedProgram program, long frame) {
    Map<Integer, Interval> needed = new HashMap<>();
    needed.put(program.program().outputs().get(0), new Interval(frame, frame + 1));
    for (int i = program.steps().size() - 1; i >= 0; i--) {
      TimedStep step = program.steps().get(i);
      Interval wanted = needed.get(step.step().output());
      for (int operand = 0; wanted != null && operand < step.operands().size(); operand++) {
        if (step.operands().get(operand).hasTime()) {
          Interval read = read(step, operand, wanted);
          needed.merge(step.step().inputs().get(operand), read, ReceptiveField::around);
        }
      }
    }
    return needed.getOrDefault(0, new Interval(1, 1));
  }

  private static Interval read(TimedStep step, int operand, Interval wanted) {
    long frames = step.operands().get(operand).frames();
    Interval read = step.reads(operand, wanted.from(), wanted.to());
    return new Interval(read.from() / frames, (read.to() - 1) / frames + 1);
  }

  private static Interval around(Interval one, Interval other) {
    return new Interval(Math.min(one.from(), other.from()), Math.max(one.to(), other.to()));
  }
}
