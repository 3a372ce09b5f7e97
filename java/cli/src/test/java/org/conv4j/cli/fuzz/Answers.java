package org.conv4j.cli.fuzz;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.conv4j.engine.Engine;
import org.conv4j.model.Model;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.bound.InexactReference;

/**
 * The answers of a model, to which those of engines are held. They may be off by a small part of
 * the largest number of an output; by more only where the errors that ops are allowed make as much
 * of it, which some runs of the {@link InexactReference} tell. Where they make anything of it,
 * nothing is asked, neither where the reference's is infinite or no number: of those, engines may
 * decide some, see the package {@code org.conv4j.op}.
 */
final class Answers {
  /** Errors lie where they like; a jump is seen in half of the runs or more. */
  private static final int INEXACT_RUNS = 8;

  /** What some random signs may miss of the largest error. */
  private static final double MARGIN = 4;

  private final Model model;
  private final List<Shape> shapes;
  private final List<double[]> inputs;
  private final List<double[]> exact = new ArrayList<>();
  private final Map<DataType, double[]> allowed = new EnumMap<>(DataType.class);

  Answers(Model model, List<Shape> shapes, List<double[]> inputs) {
    this.model = model;
    this.shapes = shapes;
    this.inputs = inputs;
    run(
        new ReferenceEngine(),
        DataType.FLOAT64,
        outputs -> outputs.forEach(output -> exact.add(output.toDoubleArray())));
  }

  /** Returns whether there is anything to compare. */
  boolean check(Engine engine, DataType dataType) {
    return run(
            engine,
            dataType,
            outputs -> {
              for (int i = 0; i < exact.size(); i++) {
                check("%s, %s, output %d".formatted(engine.name(), dataType, i), i, outputs.get(i));
              }
            })
        && !exact.isEmpty();
  }

  private void check(String what, int index, Tensor actual) {
    double[] expected = exact.get(index);
    double largest = largest(expected);
    double near = (actual.dataType() == DataType.FLOAT32 ? 1e-4 : 1e-10) * largest;
    if (!Double.isFinite(largest) || distance(expected, actual) <= near) {
      return;
    }
    double most = MARGIN * allowed(actual.dataType())[index];
    if (!(most <= Math.max(largest, 1))) {
      return;
    }
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(expected[i] - actual.get(i)) <= near + most)) {
        throw new AssertionError(
            "%s: element %d of %d is %s and should be %s to %s; the largest is %s"
                .formatted(
                    what, i, expected.length, actual.get(i), expected[i], near + most, largest));
      }
    }
  }

  /** How far each output may be off, at least. */
  private double[] allowed(DataType dataType) {
    return allowed.computeIfAbsent(
        dataType,
        type -> {
          double[] largest = new double[exact.size()];
          for (int run = 0; run < INEXACT_RUNS; run++) {
            run(
                new InexactReference(new Random(run)),
                type,
                outputs -> {
                  for (int i = 0; i < largest.length; i++) {
                    largest[i] = Math.max(largest[i], distance(exact.get(i), outputs.get(i)));
                  }
                });
          }
          return largest;
        });
  }

  /** Nothing for infinite or no numbers. */
  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static double distance(double[] expected, Tensor actual) {
    double distance = 0;
    for (int i = 0; i < expected.length; i++) {
      distance = Math.max(distance, Math.abs(expected[i] - actual.get(i)));
    }
    return distance;
  }

  private boolean run(Engine engine, DataType dataType, Consumer<List<Tensor>> reader) {
    return GraphRun.run(model, shapes, inputs, engine, dataType, reader);
  }
}
