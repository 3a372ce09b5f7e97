package org.conv4j.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conv4j.engine.CompileOptions;
import org.conv4j.limit.Budget;
import org.conv4j.limit.Limit;
import org.conv4j.limit.Limits;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.op.FunctionCall;
import org.conv4j.op.Op;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Constant;

/**
 * Computes steps that read nothing but constants, unless the caller gets their result: all of them
 * at once, as one program. What takes more work than a limit is left for each run.
 */
final class ConstantFolding implements Pass {
  /** Arithmetic for some tenths of a second. */
  private static final long MAX_WORK = 1 << 24;

  /** What a step takes whatever it does, in the same unit. */
  private static final long LEAST_WORK = 256;

  private final Budget bytes;
  private long work = MAX_WORK;

  ConstantFolding(Limits limits) {
    bytes = limits.budget(Limit.CONSTANT_BYTES, "The program");
  }

  @Override
  public boolean run(Graph graph) {
    Map<Integer, Constant> given = new LinkedHashMap<>();
    Map<Integer, Step> folded = new LinkedHashMap<>();
    for (Step step : graph.steps()) {
      // A function of the program's may answer otherwise in the next run.
      if (!(step.op() instanceof FunctionCall)
          && readsConstants(graph, folded, step)
          && !graph.isOutput(step.output())
          && pays(step.op())) {
        folded.put(step.output(), step);
        for (int value : step.inputs()) {
          graph.constant(value).ifPresent(constant -> given.put(value, constant));
        }
      }
    }
    if (folded.isEmpty()) {
      return false;
    }
    Map<Integer, Constant> results = compute(given, folded, needed(graph, folded));
    for (Step step : folded.values()) {
      Constant result = results.get(step.output());
      if (result == null) {
        graph.remove(step);
      } else {
        graph.makeConstant(step, result);
      }
    }
    return true;
  }

  private static boolean readsConstants(Graph graph, Map<Integer, Step> folded, Step step) {
    for (int value : step.inputs()) {
      if (!folded.containsKey(value) && graph.constant(value).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private boolean pays(Op op) {
    long elements = op.output().elementCount();
    for (Shape input : op.inputs()) {
      elements = Math.max(elements, input.elementCount());
    }
    long needed = Math.max(LEAST_WORK, Math.max(elements, op.flops()));
    // A value that no input changes has no reason to be large, now or in each run.
    bytes.spend(bytes(op.output()));
    if (needed > work) {
      return false;
    }
    work -= needed;
    return true;
  }

  private static long bytes(Shape shape) {
    return shape.elementCount() > Long.MAX_VALUE / Double.BYTES
        ? Long.MAX_VALUE
        : shape.elementCount() * Double.BYTES;
  }

  /** Of the values that are computed, those that other steps read. */
  private static Set<Integer> needed(Graph graph, Map<Integer, Step> folded) {
    Set<Integer> needed = new LinkedHashSet<>();
    for (Step step : graph.steps()) {
      if (!folded.containsKey(step.output())) {
        for (int value : step.inputs()) {
          if (folded.containsKey(value)) {
            needed.add(value);
          }
        }
      }
    }
    return needed;
  }

  private static Map<Integer, Constant> compute(
      Map<Integer, Constant> given, Map<Integer, Step> folded, Set<Integer> needed) {
    Map<Integer, Constant> results = new HashMap<>();
    if (needed.isEmpty()) {
      return results;
    }
    List<Integer> outputs = List.copyOf(needed);
    List<Shape> shapes = new ArrayList<>();
    List<Tensor> tensors = new ArrayList<>();
    for (int output : outputs) {
      shapes.add(folded.get(output).op().output());
    }
    Program program = Program.of(List.of(), given, List.copyOf(folded.values()), outputs, shapes);
    Program precise = program.as(DataType.FLOAT64);
    try (Plan plan = Plan.compile(precise, new ReferenceEngine(), CompileOptions.DEFAULT);
        Session session = plan.newSession()) {
      for (Shape shape : shapes) {
        tensors.add(Tensor.allocate(DataType.FLOAT64, shape));
      }
      session.run(new Tensor[0], tensors.toArray(new Tensor[0]));
      for (int i = 0; i < outputs.size(); i++) {
        double[] elements = tensors.get(i).toDoubleArray();
        results.put(outputs.get(i), Constant.of(shapes.get(i), elements));
      }
      return results;
    } finally {
      tensors.forEach(Tensor::close);
    }
  }
}
