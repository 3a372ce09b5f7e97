package org.conv4j.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.conv4j.engine.CompileOptions;
import org.conv4j.lowering.Lowering;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.lowering.Value;
import org.conv4j.op.Op;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Constant;

/** Writes a program, optimises it, and holds what comes out to the answers of what went in. */
final class Rewritten {
  private final Random random = new Random(1);
  private final List<Shape> inputs;
  private final Lowering lowering;

  Rewritten(Shape... inputs) {
    this.inputs = List.of(inputs);
    lowering = new Lowering(this.inputs);
  }

  Value input(int index) {
    return lowering.input(index);
  }

  Value constant(Shape shape) {
    return lowering.constant(new Constant.Given(normal(shape)));
  }

  /** One number, as a constant with extents of 1. */
  Value number(int rank, double number) {
    long[] ones = new long[rank];
    java.util.Arrays.fill(ones, 1);
    return lowering.constant(new Constant.Filled(Shape.of(ones), number));
  }

  /** Appends an op with random weights of the given shapes. */
  Value append(String layer, Op op, List<Value> in, Shape... weights) {
    List<Tensor> tensors = new ArrayList<>();
    for (Shape shape : weights) {
      tensors.add(normal(shape));
    }
    return lowering.append(layer, op, in, Constant.given(tensors), DataFormat.CHANNELS_LAST);
  }

  Value append(String layer, Op op, Value in, Shape... weights) {
    return append(layer, op, List.of(in), weights);
  }

  /** Optimises, compares the answers, and returns the steps that are left. */
  List<Step> steps(Value... results) {
    Program program = lowering.finish(List.of(results));
    Program optimized = Optimizer.optimize(program);
    assertThat(optimized.outputShapes()).isEqualTo(program.outputShapes());
    Tensor[] given = inputs.stream().map(this::normal).toArray(Tensor[]::new);
    List<double[]> expected = run(program, given);
    List<double[]> actual = run(optimized, given);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).usingComparatorWithPrecision(1e-9).containsExactly(expected.get(i));
    }
    return optimized.steps();
  }

  List<Op> ops(Value... results) {
    return steps(results).stream().map(Step::op).toList();
  }

  private static List<double[]> run(Program program, Tensor[] given) {
    Tensor[] outputs =
        program.outputShapes().stream()
            .map(shape -> Tensor.allocate(DataType.FLOAT64, shape))
            .toArray(Tensor[]::new);
    try (Plan plan =
            Plan.compile(
                program.as(DataType.FLOAT64), new ReferenceEngine(), CompileOptions.DEFAULT);
        Session session = plan.newSession()) {
      session.run(given, outputs);
    }
    List<double[]> results = new ArrayList<>();
    for (Tensor output : outputs) {
      results.add(output.toDoubleArray());
    }
    return results;
  }

  private Tensor normal(Shape shape) {
    Tensor tensor = Tensor.allocate(DataType.FLOAT64, shape);
    tensor.transform(zero -> random.nextGaussian());
    return tensor;
  }
}
