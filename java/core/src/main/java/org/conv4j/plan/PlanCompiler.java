package org.conv4j.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.engine.ChainedOp;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.EngineChain;
import org.conv4j.engine.OpTypes;
import org.conv4j.error.LimitExceededException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.limit.Budget;
import org.conv4j.limit.Limit;
import org.conv4j.lowering.ConstantValue;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.ProgramValue;
import org.conv4j.lowering.Step;
import org.conv4j.op.Op;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.ValueType;
import org.conv4j.tensor.internal.Memory;
import org.conv4j.weights.Constant;

/** Compiles a program's steps and copies its constants. Used once, by one thread. */
final class PlanCompiler {
  private final Map<Integer, ProgramValue> values;
  private final EngineChain engines;
  private final CompileOptions options;

  private PlanCompiler(Program program, EngineChain engines, CompileOptions options) {
    this.values = program.values();
    this.engines = engines;
    this.options = options;
  }

  /** Makes a plan that computes a program as it is divided. */
  static Plan compile(
      Program program, BatchDivision division, Engine engine, CompileOptions options) {
    CompileOptions ofLane = division.lanes() > 1 ? options.withThreads(1) : options;
    EngineChain engines = EngineChain.of(engine, options.fallback());
    PlanCompiler compiler = new PlanCompiler(division.program(), engines, ofLane);
    for (Step step : division.program().steps()) {
      compiler.requireRoom(step);
    }
    MemoryPlan memory = new MemoryPlan(division.program());
    Budget bytes = options.limits().budget(Limit.PLAN_BYTES, "The plan");
    bytes.spend(borderAndWeightBytes(program));
    bytes.spend(division.lanes() * memory.arenaBytes());
    List<ChainedOp> ops = new ArrayList<>();
    Map<Integer, Tensor> constants = new LinkedHashMap<>();
    try {
      for (Step step : division.program().steps()) {
        ops.add(compiler.compile(step));
      }
      for (Map.Entry<Integer, ConstantValue> constant : program.constants().entrySet()) {
        ConstantValue value = constant.getValue();
        constants.put(constant.getKey(), copy(value.constant(), value.type().dataType()));
      }
      Plan plan = new Plan(engine, program, division, memory, ops, constants);
      bytes.spend(plan.scratchpadBytes());
      return plan;
    } catch (RuntimeException | Error failure) {
      ops.forEach(op -> op.op().close());
      constants.values().forEach(Tensor::close);
      throw failure;
    }
  }

  /** What callers give and get, and constants; a sum that overflows is the largest number. */
  private static long borderAndWeightBytes(Program program) {
    double bytes = 0;
    for (ValueType input : program.inputs()) {
      bytes += bytes(input.shape(), input.dataType());
    }
    for (ValueType output : program.outputTypes()) {
      bytes += bytes(output.shape(), output.dataType());
    }
    for (ConstantValue constant : program.constants().values()) {
      bytes += bytes(constant.type().shape(), constant.type().dataType());
    }
    for (Step step : program.steps()) {
      for (Constant constant : step.constants()) {
        bytes += bytes(constant.shape(), step.type().dataType());
      }
    }
    return (long) bytes;
  }

  private static double bytes(Shape shape, DataType dataType) {
    return (double) shape.elementCount() * dataType.bytes();
  }

  /**
   * No tensor is larger than a block of memory, so that engines may count elements and bytes in an
   * {@code int}.
   */
  private void requireRoom(Step step) {
    Op op = step.op();
    for (int i = 0; i < step.inputs().size(); i++) {
      requireRoom(step, op.inputs().get(i), read(step, i).dataType());
    }
    requireRoom(step, op.output(), step.type().dataType());
    for (Shape constant : op.constants()) {
      requireRoom(step, constant, step.type().dataType());
    }
  }

  private static void requireRoom(Step step, Shape shape, DataType dataType) {
    if (shape.elementCount() > Memory.MAX_BYTES / dataType.bytes()) {
      throw new ShapeMismatchException(
          "Layer '%s': a %s tensor of shape %s is above the limit of %d bytes."
              .formatted(step.layer(), dataType, shape, Memory.MAX_BYTES));
    }
  }

  private ValueType read(Step step, int input) {
    return values.get(step.inputs().get(input)).type();
  }

  private ChainedOp compile(Step step) {
    DataType dataType = step.type().dataType();
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
      return engines.compile(step.op(), types(step), constants, options);
    } catch (UnsupportedByEngineException unsupported) {
      throw new UnsupportedByEngineException(
          "Layer '" + step.layer() + "': " + unsupported.getMessage(), unsupported);
    } catch (LimitExceededException exceeded) {
      throw new LimitExceededException(
          "Layer '" + step.layer() + "': " + exceeded.getMessage(), exceeded);
    } catch (OutOfMemoryError exhausted) {
      throw LimitExceededException.memory(
          "Layer '" + step.layer() + "' cannot be compiled", exhausted);
    } finally {
      converted.forEach(Tensor::close);
    }
  }

  /** A step sees each value in the shape that its op says. */
  private OpTypes types(Step step) {
    List<ValueType> inputs = new ArrayList<>();
    for (int i = 0; i < step.inputs().size(); i++) {
      inputs.add(read(step, i).withShape(step.op().inputs().get(i)));
    }
    List<ValueType> constants = new ArrayList<>();
    for (Shape constant : step.op().constants()) {
      constants.add(ValueType.of(step.type().dataType(), constant));
    }
    return new OpTypes(inputs, constants, step.type());
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
}
