package org.conv4j.plan;

import java.util.Map;
import java.util.Optional;
import org.conv4j.engine.Engine;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.ProgramValue;
import org.conv4j.lowering.Step;
import org.conv4j.machine.Machine;
import org.conv4j.op.FunctionCall;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.ValueType;
import org.conv4j.weights.Constant;

/**
 * Whether a plan computes a whole batch at once or one part of it after the other. In parts, the
 * values between the steps stay in the cache, and threads that each compute parts of their own do
 * not wait for each other at every step. But the weights are read anew for every part.
 *
 * @param program computes one part
 * @param parts how many there are; 1 if the batch is not divided
 * @param lanes how many parts are computed at the same time
 */
record BatchDivision(Program program, int parts, int lanes) {
  /** How many times as long as it takes to start a step that step has to compute. */
  private static final int STEPS = 10;

  /** The same for threads: when it was preempted meanwhile, one may take a few times as long. */
  private static final int WAKINGS = 25;

  /** The share of the threads' time that may be lost in the last round. */
  private static final double MOST_IDLE = 0.15;

  static BatchDivision whole(Program program) {
    return new BatchDivision(program, 1, 1);
  }

  static BatchDivision of(Program program, Engine engine, int threads) {
    return engine.runsParts() && batch(program) > 1
        ? of(program, threads, Machine.host())
        : whole(program);
  }

  /** A session calls the program's functions from one thread at a time. */
  private static boolean callsFunctions(Program program) {
    return program.steps().stream().anyMatch(step -> step.op() instanceof FunctionCall);
  }

  /** Divides a batch on a machine, for an engine that runs parts. */
  static BatchDivision of(Program program, int threads, Machine machine) {
    int lanes = callsFunctions(program) ? 1 : threads;
    long live = new MemoryPlan(program).liveBytes();
    if (!gains(program, live, lanes, machine)) {
      return whole(program);
    }
    return parts(program, live, lanes, machine)
        .flatMap(parts -> program.part(parts).map(part -> new BatchDivision(part, parts, lanes)))
        .orElseGet(() -> whole(program));
  }

  /** What computes a part of which some examples are wanted only. */
  PartialOutputs partialOutputs() {
    return new PartialOutputs(program.outputTypes(), (int) batch(program));
  }

  /** How many examples the inputs hold, or 1 if that is not clear. */
  static long batch(Program program) {
    long batch = 1;
    for (ValueType type : program.inputs()) {
      Shape input = type.shape();
      if (input.rank() == 0 || (batch > 1 && input.dim(0) != batch)) {
        return 1;
      }
      batch = input.dim(0);
    }
    return batch;
  }

  /** A single step leaves no values to a next one, and its threads meet only once. */
  private static boolean gains(Program program, long live, int threads, Machine machine) {
    if (program.steps().size() == 1) {
      return false;
    }
    return threads > 1
        ? machine.nanoseconds(program.flops() / threads, 0) >= WAKINGS * machine.wakeNanoseconds()
        : live > machine.secondLevelCache();
  }

  /** As few as let the values of a part stay in the cache, or else as many as are sensible. */
  private static Optional<Integer> parts(Program program, long live, int threads, Machine machine) {
    long leastWork = STEPS * machine.stepNanoseconds() * program.steps().size();
    long mostByWork = (long) (machine.nanoseconds(program.flops(), 0) / leastWork);
    long mostByWeights = valueBytes(program) / Math.max(1, weightBytes(program));
    long batch = batch(program);
    long most = Math.min(batch, Math.min(mostByWork, mostByWeights));
    Optional<Integer> found = Optional.empty();
    for (int parts = 2; parts <= most; parts++) {
      if (batch % parts == 0 && idleShare(parts, threads) <= MOST_IDLE) {
        found = Optional.of(parts);
        if (live / parts <= machine.secondLevelCache()) {
          break;
        }
      }
    }
    return found;
  }

  private static double idleShare(int parts, int threads) {
    int rounds = (parts + threads - 1) / threads;
    return 1 - (double) parts / (rounds * threads);
  }

  /** What the steps read and write, weights apart. */
  private static long valueBytes(Program program) {
    Map<Integer, ProgramValue> values = program.values();
    long bytes = 0;
    for (Step step : program.steps()) {
      bytes += bytes(step.type(), step.op().output());
      for (int i = 0; i < step.inputs().size(); i++) {
        bytes += bytes(values.get(step.inputs().get(i)).type(), step.op().inputs().get(i));
      }
    }
    return bytes;
  }

  private static long weightBytes(Program program) {
    long bytes = 0;
    for (Step step : program.steps()) {
      for (Constant constant : step.constants()) {
        bytes += bytes(step.type(), constant.shape());
      }
    }
    return bytes;
  }

  private static long bytes(ValueType type, Shape shape) {
    return shape.elementCount() * type.dataType().bytes();
  }
}
