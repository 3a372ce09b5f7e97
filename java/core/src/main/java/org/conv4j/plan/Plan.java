package org.conv4j.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.engine.ChainedOp;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.Engine;
import org.conv4j.engine.EngineChain;
import org.conv4j.engine.Engines;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.LimitExceededException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.limit.Budget;
import org.conv4j.limit.Limit;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.Memory;
import org.conv4j.weights.Constant;

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

  private final BatchDivision division;
  private final DataType dataType;
  private final MemoryPlan memory;
  private final List<ChainedOp> ops;

  /** The program's constant values by number, in the plan's data type; owned. */
  private final Map<Integer, Tensor> constants;

  private final List<PlanStep> steps;
  private final long scratchpadBytes;

  /** Open sessions, plus one while the plan itself is open. Guarded by this. */
  private int users = 1;

  private boolean closed;

  private Plan(
      Engine engine,
      Program program,
      BatchDivision division,
      DataType dataType,
      MemoryPlan memory,
      List<ChainedOp> ops,
      Map<Integer, Tensor> constants) {
    this.engine = engine;
    this.program = program;
    this.division = division;
    this.dataType = dataType;
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
   * @param program the program
   * @param dataType the type to compute with; constants of another type are converted
   * @param engine an available engine, the first to be asked for each step
   * @param options how to compile
   * @return the plan, which the caller closes
   * @throws org.conv4j.error.EngineUnavailableException if the engine cannot be used
   * @throws UnsupportedByEngineException if the engine does not have the data type, or no engine
   *     that may run an op does
   * @throws org.conv4j.error.LimitExceededException if it would take more memory than the options
   *     allow
   */
  public static Plan compile(
      Program program, DataType dataType, Engine engine, CompileOptions options) {
    InvalidArgumentException.requirePresent(program, "The program to compile");
    InvalidArgumentException.requirePresent(dataType, "The data type to compile for");
    InvalidArgumentException.requirePresent(engine, "The engine to compile for");
    InvalidArgumentException.requirePresent(options, "The options of compiling");
    engine.ensureAvailability();
    Engines.requireDataType(engine, dataType);
    int threads = options.threadLimit();
    BatchDivision division = BatchDivision.of(program, dataType, engine, threads);
    return compile(program, division, dataType, engine, options);
  }

  static Plan compile(
      Program program,
      BatchDivision division,
      DataType dataType,
      Engine engine,
      CompileOptions options) {
    requireRoom(division.program(), dataType);
    MemoryPlan memory = new MemoryPlan(division.program(), dataType);
    Budget bytes = options.limits().budget(Limit.PLAN_BYTES, "The plan");
    bytes.spend(borderAndWeightBytes(program, dataType));
    bytes.spend(division.lanes() * memory.arenaBytes());
    CompileOptions ofLane = division.lanes() > 1 ? options.withThreads(1) : options;
    EngineChain engines = EngineChain.of(engine, options.fallback());
    List<ChainedOp> ops = new ArrayList<>();
    Map<Integer, Tensor> constants = new LinkedHashMap<>();
    try {
      for (Step step : division.program().steps()) {
        ops.add(compile(step, dataType, engines, ofLane));
      }
      for (Map.Entry<Integer, Constant> constant : program.constants().entrySet()) {
        constants.put(constant.getKey(), copy(constant.getValue(), dataType));
      }
      Plan plan = new Plan(engine, program, division, dataType, memory, ops, constants);
      bytes.spend(plan.scratchpadBytes());
      return plan;
    } catch (RuntimeException | Error failure) {
      ops.forEach(op -> op.op().close());
      constants.values().forEach(Tensor::close);
      throw failure;
    }
  }

  /** What callers give and get, and constants; a sum that overflows is the largest number. */
  private static long borderAndWeightBytes(Program program, DataType dataType) {
    double elements = 0;
    for (Shape shape : program.inputs()) {
      elements += shape.elementCount();
    }
    for (Shape shape : program.outputShapes()) {
      elements += shape.elementCount();
    }
    for (Constant constant : program.constants().values()) {
      elements += constant.shape().elementCount();
    }
    for (Step step : program.steps()) {
      for (Constant constant : step.constants()) {
        elements += constant.shape().elementCount();
      }
    }
    return (long) (elements * dataType.bytes());
  }

  /**
   * No tensor is larger than a block of memory, so that engines may count elements and bytes in an
   * {@code int}.
   */
  private static void requireRoom(Program program, DataType dataType) {
    for (Step step : program.steps()) {
      for (Shape input : step.op().inputs()) {
        requireRoom(step, input, dataType);
      }
      requireRoom(step, step.op().output(), dataType);
      for (Shape constant : step.op().constants()) {
        requireRoom(step, constant, dataType);
      }
    }
  }

  private static void requireRoom(Step step, Shape shape, DataType dataType) {
    if (shape.elementCount() > Memory.MAX_BYTES / dataType.bytes()) {
      throw new ShapeMismatchException(
          "Layer '%s': a %s tensor of shape %s is above the limit of %d bytes."
              .formatted(step.layer(), dataType, shape, Memory.MAX_BYTES));
    }
  }

  private static ChainedOp compile(
      Step step, DataType dataType, EngineChain engines, CompileOptions options) {
    List<Tensor> converted = new ArrayList<>();
    List<Tensor> constants = new ArrayList<>();
    try {
      for (Constant constant : step.constants()) {
        if (constant instanceof Constant.Given given && given.tensor().dataType() == dataType) {
          constants.add(given.tensor());
        } else {
          Tensor copy = copy(constant, dataType);
          converted.add(copy);
          constants.add(copy);
        }
      }
      return engines.compile(step.op(), dataType, constants, options);
    } catch (UnsupportedByEngineException unsupported) {
      throw new UnsupportedByEngineException(
          "Layer '" + step.layer() + "': " + unsupported.getMessage(), unsupported);
    } catch (OutOfMemoryError exhausted) {
      throw outOfMemory("Layer '" + step.layer() + "' cannot be compiled", exhausted);
    } finally {
      converted.forEach(Tensor::close);
    }
  }

  /** What a constant is read from may have been changed since its shape was told. */
  private static Tensor copy(Constant constant, DataType dataType) {
    Tensor copy = constant.copyAs(dataType);
    if (copy.dataType() != dataType || !copy.shape().equals(constant.shape())) {
      copy.close();
      throw new ShapeMismatchException(
          "A constant should be %s%s; read as %s.".formatted(dataType, constant.shape(), copy));
    }
    return copy;
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
   * Returns the type that it computes with.
   *
   * @return the data type
   */
  public DataType dataType() {
    return dataType;
  }

  /**
   * Returns the shapes that a session reads.
   *
   * @return the inputs' shapes, as Keras sees them
   */
  public List<Shape> inputShapes() {
    return program.inputs();
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
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("This plan is closed.");
      }
      users++;
    }
    try {
      return new Session(this, division, this::newLane);
    } catch (OutOfMemoryError exhausted) {
      release();
      throw outOfMemory("A session of the plan cannot be made", exhausted);
    } catch (RuntimeException | Error failure) {
      release();
      throw failure;
    }
  }

  /** What was being made is freed by now, and a caller can go on with a smaller model. */
  private static LimitExceededException outOfMemory(String what, OutOfMemoryError exhausted) {
    return new LimitExceededException(
        "%s: it takes more memory than Java may use (%s); start Java with a larger -Xmx or -XX:MaxDirectMemorySize."
            .formatted(what, exhausted.getMessage()),
        exhausted);
  }

  private Lane newLane() {
    return new Lane(division.program(), dataType, memory, ops, constants, scratchpadBytes);
  }

  /** Closes the plan; see the class comment. A second call does nothing. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    release();
  }

  /** Called once by each session that ends. */
  void release() {
    synchronized (this) {
      users--;
      if (users > 0) {
        return;
      }
    }
    ops.forEach(op -> op.op().close());
    constants.values().forEach(Tensor::close);
  }
}
