package org.conv4j.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.conv4j.engine.ChainedOp;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.LimitExceededException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.ValueType;
import org.conv4j.tensor.internal.SharedResources;

/**
 * A program compiled for one engine, shape and data type. It owns the packed weights; the tensors
 * that they came from are no longer needed. Immutable and safe for any thread: give each thread a
 * session of its own.
 *
 * <p>{@link #close} ends the making of sessions; those that exist keep working, and the native
 * resources are freed when the last of them is closed.
 */
public final class Plan implements AutoCloseable {
  private final Engine engine;

  /** What a session computes: all parts. */
  private final Program program;

  /** A program looks through all its steps for these. */
  private final Optional<DataType> dataType;

  private final List<ValueType> outputTypes;

  private final BatchDivision division;
  private final MemoryPlan memory;
  private final List<ChainedOp> ops;

  /** The program's constant values by number; owned. */
  private final Map<Integer, Tensor> constants;

  private final List<PlanStep> steps;
  private final long scratchpadBytes;

  /** See {@link #examples()}; 0 until somebody asks. */
  private volatile int examples;

  private final SharedResources resources = new SharedResources("This plan is closed.", this::free);

  /** Takes ownership of the ops and the constants. */
  Plan(
      Engine engine,
      Program program,
      BatchDivision division,
      MemoryPlan memory,
      List<ChainedOp> ops,
      Map<Integer, Tensor> constants) {
    this.engine = engine;
    this.program = program;
    this.dataType = program.dataType();
    this.outputTypes = program.outputTypes();
    this.division = division;
    this.memory = memory;
    this.ops = List.copyOf(ops);
    this.constants = constants;
    this.steps = steps(division.program(), ops);
    long largest = 0;
    for (PlanStep step : steps) {
      largest = Math.max(largest, step.scratchpadBytes());
    }
    this.scratchpadBytes = largest;
  }

  private static List<PlanStep> steps(Program program, List<ChainedOp> ops) {
    List<PlanStep> steps = new ArrayList<>();
    for (int i = 0; i < ops.size(); i++) {
      Step step = program.steps().get(i);
      ChainedOp chained = ops.get(i);
      CompiledOp op = chained.op();
      steps.add(
          new PlanStep(
              step.layer(),
              step.fused(),
              step.op(),
              chained.engine(),
              chained.declined(),
              op.kernel(),
              op.implementation(),
              op.threads(),
              op.scratchpadBytes()));
    }
    return List.copyOf(steps);
  }

  /**
   * Compiles a program. Where that is faster, the plan divides a batch; see {@link #parts}. Steps
   * that the engine leaves to others run on those that {@link CompileOptions#fallback} allows; see
   * {@link #steps}.
   *
   * @param program the program; constants of another data type than it says are converted
   * @param engine an available engine, the first to be asked for each step
   * @param options how to compile
   * @return the plan, which the caller closes
   * @throws org.conv4j.error.EngineUnavailableException if the engine cannot be used
   * @throws org.conv4j.error.UnsupportedByEngineException if all values have a data type that the
   *     engine does not compute with, or no engine that may run an op does
   * @throws org.conv4j.error.LimitExceededException if it would take more memory than the options
   *     allow
   */
  public static Plan compile(Program program, Engine engine, CompileOptions options) {
    InvalidArgumentException.requirePresent(program, "The program to compile");
    InvalidArgumentException.requirePresent(engine, "The engine to compile for");
    InvalidArgumentException.requirePresent(options, "The options of compiling");
    engine.ensureAvailability();
    program.dataType().ifPresent(dataType -> Engines.requireDataType(engine, dataType));
    BatchDivision division = BatchDivision.of(program, engine, options.threadLimit());
    return PlanCompiler.compile(program, division, engine, options);
  }

  /**
   * Returns the engine that it was compiled for: the first that was asked for each step.
   *
   * @return the engine; for who runs a step see {@link #steps}
   */
  public Engine engine() {
    return engine;
  }

  /**
   * Returns the data type of all values.
   *
   * @return the type
   * @throws InvalidArgumentException if there are several, or a value is quantized; see {@link
   *     #inputTypes} and {@link #outputTypes}
   */
  public DataType dataType() {
    return dataType.orElseThrow(
        () -> new InvalidArgumentException("The values of this plan differ in their type."));
  }

  /**
   * Returns what a session reads.
   *
   * @return the inputs' types, with the shapes that Keras sees
   */
  public List<ValueType> inputTypes() {
    return program.inputs();
  }

  /**
   * Returns what a session writes.
   *
   * @return the outputs' types, with the shapes that Keras sees
   */
  public List<ValueType> outputTypes() {
    return outputTypes;
  }

  /**
   * Returns whether its sessions keep values from one run to the next, so that what a run returns
   * depends on those before it.
   *
   * @return true if so; see {@link Session#reset}
   */
  public boolean keepsState() {
    return !program.states().isEmpty();
  }

  /**
   * Returns the shapes that a session reads.
   *
   * @return the inputs' shapes, as Keras sees them
   */
  public List<Shape> inputShapes() {
    return program.inputShapes();
  }

  /**
   * Returns the shapes that a session writes.
   *
   * @return the outputs' shapes, as Keras sees them
   */
  public List<Shape> outputShapes() {
    return program.outputShapes();
  }

  /**
   * Returns the shape that a session reads.
   *
   * @return the only input's shape, as Keras sees it
   * @throws ShapeMismatchException if there are several inputs
   */
  public Shape inputShape() {
    return only("input", inputShapes());
  }

  /**
   * Returns the shape that a session writes.
   *
   * @return the only output's shape, as Keras sees it
   * @throws ShapeMismatchException if there are several outputs
   */
  public Shape outputShape() {
    return only("output", outputShapes());
  }

  private static Shape only(String what, List<Shape> shapes) {
    if (shapes.size() != 1) {
      throw new ShapeMismatchException(
          "This plan has %d %ss, not one: %s.".formatted(shapes.size(), what, shapes));
    }
    return shapes.get(0);
  }

  /**
   * Returns how many examples of a batch a run computes that do not depend on each other.
   *
   * @return the size of the batch, or 1 if its examples are not independent or it has only one
   */
  public int examples() {
    int known = examples;
    if (known == 0) {
      long batch = BatchDivision.batch(program);
      known = batch > 1 && program.part((int) batch).isPresent() ? (int) batch : 1;
      examples = known;
    }
    return known;
  }

  /**
   * Checks how many examples a session is asked for.
   *
   * @throws InvalidArgumentException if there are not as many
   */
  void requireExamples(int wanted) {
    int most = examples();
    if (wanted < 1 || wanted > most) {
      throw new InvalidArgumentException(
          most == 1
              ? "The plan cannot compute %d examples: its batch is 1, or its examples depend on each other."
                  .formatted(wanted)
              : "The plan computes from 1 to %d examples; %d were asked for."
                  .formatted(most, wanted));
    }
  }

  /**
   * Returns how much arithmetic one run does.
   *
   * @return floating-point operations; a multiply-add counts as two
   */
  public long flops() {
    return program.flops();
  }

  /**
   * Returns into how many equal parts a session divides a batch, which it computes one after the
   * other, or several at the same time: see {@link #lanes}.
   *
   * @return 1 if the batch is not divided
   */
  public int parts() {
    return division.parts();
  }

  /**
   * Returns how many parts a session computes at the same time, each on a thread of its own.
   *
   * @return at least 1, at most {@link #parts}
   */
  public int lanes() {
    return division.lanes();
  }

  /**
   * Returns what runs for each part of a batch, step by step.
   *
   * @return the steps in order, as they were when the plan was compiled: valid after it is closed
   */
  public List<PlanStep> steps() {
    return steps;
  }

  /**
   * Returns the off-heap memory that each session holds.
   *
   * @return bytes: the values between the steps, and the scratchpad
   */
  public long sessionBytes() {
    return arenaBytes() + scratchpadBytes();
  }

  /**
   * Returns the size of the blocks in which each session keeps the values between the steps.
   *
   * @return bytes, of all lanes together
   */
  public long arenaBytes() {
    return lanes() * memory.arenaBytes();
  }

  /**
   * Returns the size of the blocks that each session lends to its steps, one after the other.
   *
   * @return bytes, of all lanes together
   */
  public long scratchpadBytes() {
    return lanes() * scratchpadBytes;
  }

  /**
   * Returns what the values between the steps occupy while most of them are needed: the smallest
   * arena that any placement could reach.
   *
   * @return bytes, of all lanes together
   */
  public long liveBytes() {
    return lanes() * memory.liveBytes();
  }

  /**
   * Makes a session for one caller.
   *
   * @return a session, which the caller closes
   * @throws IllegalStateException if this plan is closed
   * @throws ShapeMismatchException if its buffers exceed what one block of memory can hold
   */
  public Session newSession() {
    resources.acquire();
    try {
      return new Session(this, division, this::newLane);
    } catch (OutOfMemoryError exhausted) {
      release();
      throw LimitExceededException.memory("A session of the plan cannot be made", exhausted);
    } catch (RuntimeException | Error failure) {
      release();
      throw failure;
    }
  }

  private Lane newLane() {
    return new Lane(division.program(), memory, ops, constants, scratchpadBytes);
  }

  /** Closes the plan; see the class comment. A second call does nothing. */
  @Override
  public void close() {
    resources.close();
  }

  /** Called once by each session that ends. */
  void release() {
    resources.release();
  }

  private void free() {
    ops.forEach(op -> op.op().close());
    constants.values().forEach(Tensor::close);
  }
}
