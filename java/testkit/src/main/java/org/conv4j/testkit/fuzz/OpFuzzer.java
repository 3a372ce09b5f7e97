package org.conv4j.testkit.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.Engine;
import org.conv4j.engine.EngineChain;
import org.conv4j.engine.Fallback;
import org.conv4j.engine.OpTypes;
import org.conv4j.error.Conv4jException;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.op.Op;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.ValueType;
import org.conv4j.testkit.bound.OpErrorBound;
import org.conv4j.testkit.cases.OpCase;
import org.conv4j.testkit.cases.Outputs;
import org.conv4j.testkit.random.AbsurdOps;
import org.conv4j.testkit.random.Activations;
import org.conv4j.testkit.random.OpMutations;
import org.conv4j.testkit.random.RandomOps;
import org.conv4j.testkit.random.RandomOps.Kind;
import org.conv4j.weights.Constant;

/**
 * Gives engines ops, constants, programs and tensors through their public interface: legal ones,
 * whose results are compared with the reference's, illegal ones and absurd ones, which they may
 * compute or refuse with an exception of ours. Everything follows from a seed. Not thread-safe.
 */
public final class OpFuzzer {
  private static final CompileOptions EXACT = CompileOptions.DEFAULT.withExact(true);

  /** What runs in well below a second on one thread of plain Java. */
  private static final long MOST_FLOPS = 50_000_000;

  /** The reference engine is slow. */
  private static final long MOST_COMPARED_FLOPS = 5_000_000;

  private static final long MOST_ELEMENTS = 4 << 20;

  /** What is tried. */
  public enum Scenario {
    /** An op that networks have; its result must be right. */
    LEGAL,
    /** An op of which one field was changed. */
    CHANGED,
    /** An op of absurd numbers that fit together. */
    ABSURD,
    /** An op with constants that are not its own. */
    CONSTANTS,
    /** A program of one step of which something was changed. */
    PROGRAM
  }

  private final List<Engine> engines;
  private final Engine reference;

  /**
   * Makes a fuzzer.
   *
   * @param engines available engines
   * @param reference the oracle
   */
  public OpFuzzer(List<Engine> engines, Engine reference) {
    this.engines = List.copyOf(engines);
    this.reference = reference;
  }

  /**
   * Tries one case.
   *
   * @param seed decides it
   * @return what was tried and what came of it
   * @throws AssertionError if a result is wrong
   * @throws RuntimeException if anything but an exception of ours was thrown
   */
  public String run(long seed) {
    Scenario[] all = Scenario.values();
    return run(all[mixed(~seed).nextInt(all.length)], seed);
  }

  /**
   * Tries one case of a kind.
   *
   * @param scenario the kind
   * @param seed decides the case
   * @return what was tried and what came of it
   * @throws AssertionError if a result is wrong
   * @throws RuntimeException if anything but an exception of ours was thrown
   */
  public String run(Scenario scenario, long seed) {
    Random random = mixed(seed);
    Engine engine = engines.get(random.nextInt(engines.size()));
    DataType dataType = random.nextInt(4) == 0 ? DataType.FLOAT64 : DataType.FLOAT32;
    if (!engine.dataTypes().contains(dataType)) {
      dataType = DataType.FLOAT32;
    }
    try {
      return switch (scenario) {
        case LEGAL -> legal(engine, dataType, random);
        case CHANGED -> changed(engine, dataType, random);
        case ABSURD -> any("absurd", new AbsurdOps(random).next(), engine, dataType, random);
        case CONSTANTS -> otherConstants(engine, dataType, random);
        case PROGRAM -> otherProgram(engine, dataType, random);
      };
    } catch (Conv4jException refused) {
      return "refused: " + refused.getMessage();
    }
  }

  /** The first numbers of a Random are nearly the same for seeds that follow each other. */
  private static Random mixed(long seed) {
    return new Random(new SplittableRandom(seed).nextLong());
  }

  private static Op draw(Random random) {
    Kind[] kinds = Kind.values();
    return RandomOps.small(random, Activations.ELEMENTWISE)
        .next(kinds[random.nextInt(kinds.length)]);
  }

  private String legal(Engine engine, DataType dataType, Random random) {
    Op op = draw(random);
    try {
      compare(OpCase.normal(op, random), engine, dataType, random);
    } catch (Conv4jException refused) {
      throw new AssertionError(engine.name() + " refuses " + op, refused);
    }
    return "legal: " + op;
  }

  private void compare(OpCase opCase, Engine engine, DataType dataType, Random random) {
    CompileOptions options = random.nextBoolean() ? CompileOptions.DEFAULT : EXACT;
    double[] expected = opCase.run(reference, DataType.FLOAT64, EXACT);
    double[] actual = opCase.run(engine, dataType, options);
    for (double value : expected) {
      if (!Double.isFinite(value) || Math.abs(value) > Float.MAX_VALUE) {
        // Parameters may be infinite or not numbers; the contract of ops has tests for those.
        return;
      }
    }
    Outputs.assertWithin(
        "%s of %s, %s, on %s".formatted(opCase.op(), dataType, options, engine.name()),
        actual,
        expected,
        OpErrorBound.of(opCase, dataType, options, reference));
  }

  private String changed(Engine engine, DataType dataType, Random random) {
    OpMutations mutations = new OpMutations(random);
    Op op = mutations.next(draw(random));
    if (random.nextInt(4) == 0) {
      op = mutations.next(op);
    }
    return any("changed", op, engine, dataType, random);
  }

  /** An op that may be too large to be run, or even compiled. */
  private String any(String what, Op op, Engine engine, DataType dataType, Random random) {
    String name = what + " on " + engine.name() + ": " + op;
    long constants = elements(op.constants());
    if (constants > MOST_ELEMENTS) {
      return name + " (not compiled)";
    }
    long elements = constants + elements(op.inputs()) + op.output().elementCount();
    if (elements < 0 || elements > MOST_ELEMENTS || op.flops() > MOST_FLOPS) {
      compileOnly(op, engine, dataType);
      return name + " (compiled)";
    }
    if (op.flops() > MOST_COMPARED_FLOPS) {
      runOnly(program(op).as(dataType), engine);
      return name + " (run)";
    }
    compare(OpCase.normal(op, random), engine, dataType, random);
    return name + " (compared)";
  }

  private static long elements(List<Shape> shapes) {
    long elements = 0;
    for (Shape shape : shapes) {
      elements = Math.max(elements, shape.elementCount()) + Math.min(elements, MOST_ELEMENTS);
      if (elements > MOST_ELEMENTS) {
        return Long.MAX_VALUE / 4;
      }
    }
    return elements;
  }

  private static void compileOnly(Op op, Engine engine, DataType dataType) {
    Plan.compile(program(op).as(dataType), engine, CompileOptions.DEFAULT).close();
    List<Tensor> constants = tensors(op.constants(), dataType);
    try (CompiledOp compiled = compiled(op, dataType, constants, engine)) {
      compiled.implementation();
    } finally {
      constants.forEach(Tensor::close);
    }
  }

  private static CompiledOp compiled(
      Op op, DataType dataType, List<Tensor> constants, Engine engine) {
    return EngineChain.of(engine, Fallback.listed())
        .compile(op, OpTypes.of(op, dataType), constants, CompileOptions.DEFAULT)
        .op();
  }

  /** The op alone, with constants of ones. */
  private static Program program(Op op) {
    List<Integer> reads = new ArrayList<>();
    for (int i = 0; i < op.inputs().size(); i++) {
      reads.add(i);
    }
    List<Constant> constants = new ArrayList<>();
    for (Shape shape : op.constants()) {
      constants.add(new Constant.Filled(shape, 1));
    }
    Step step = new Step("op", op, reads, reads.size(), constants);
    return Program.of(
        op.inputs(), Map.of(), List.of(step), List.of(reads.size()), List.of(op.output()));
  }

  private static void runOnly(Program program, Engine engine) {
    List<Tensor> inputs = tensors(program.inputs());
    List<Tensor> outputs = tensors(program.outputTypes());
    try (Plan plan = Plan.compile(program, engine, CompileOptions.DEFAULT);
        Session session = plan.newSession()) {
      session.run(inputs.toArray(Tensor[]::new), outputs.toArray(Tensor[]::new));
    } finally {
      inputs.forEach(Tensor::close);
      outputs.forEach(Tensor::close);
    }
  }

  private static List<Tensor> tensors(List<ValueType> types) {
    List<Tensor> tensors = new ArrayList<>();
    for (ValueType type : types) {
      tensors.add(Tensor.allocate(type.dataType(), type.shape()));
    }
    return tensors;
  }

  private static List<Tensor> tensors(List<Shape> shapes, DataType dataType) {
    List<Tensor> tensors = new ArrayList<>();
    for (Shape shape : shapes) {
      tensors.add(Tensor.allocate(dataType, shape));
    }
    return tensors;
  }

  /** Missing, superfluous, of another shape or type, null or closed. */
  private static String otherConstants(Engine engine, DataType dataType, Random random) {
    Op op = draw(random);
    List<Tensor> constants = tensors(op.constants(), dataType);
    int index = random.nextInt(constants.size() + 1);
    if (index == constants.size()) {
      constants.add(random.nextInt(4) == 0 ? null : Tensor.allocate(dataType, Shape.of(3)));
    } else {
      Tensor old = constants.get(index);
      switch (random.nextInt(4)) {
        case 0 -> constants.remove(index);
        case 1 -> constants.set(index, Tensor.allocate(otherThan(dataType), old.shape()));
        case 2 -> {
          Shape shape = Shape.of(1 + random.nextInt(40));
          constants.set(index, Tensor.allocate(dataType, shape));
        }
        default -> Collections.swap(constants, 0, constants.size() - 1);
      }
      if (random.nextInt(3) == 0) {
        old.close();
      }
    }
    try (CompiledOp compiled = compiled(op, dataType, constants, engine)) {
      return compiled.kernel() + " on " + engine.name() + ": " + op + " takes " + constants;
    } catch (IllegalStateException closed) {
      return "closed constants refused";
    } finally {
      constants.stream().filter(tensor -> tensor != null).forEach(Tensor::close);
    }
  }

  private static DataType otherThan(DataType dataType) {
    return dataType == DataType.FLOAT32 ? DataType.FLOAT64 : DataType.FLOAT32;
  }

  /** Whose values may differ in their type, too. */
  private static String otherProgram(Engine engine, DataType dataType, Random random) {
    Program program = new OpMutations(random).next(program(draw(random)).as(dataType));
    long elements = elements(program.inputShapes()) + elements(program.outputShapes());
    if (elements > MOST_ELEMENTS || program.flops() > MOST_FLOPS) {
      Plan.compile(program, engine, CompileOptions.DEFAULT).close();
      return "program on " + engine.name() + " (compiled)";
    }
    runOnly(program, engine);
    return "program on " + engine.name() + " (run)";
  }
}
