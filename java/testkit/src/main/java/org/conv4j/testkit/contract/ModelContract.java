package org.conv4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.conv4j.engine.CompileOptions;
import org.conv4j.keras.KerasModel;
import org.conv4j.keras.KerasModels;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.goldens.SavedModels;
import org.conv4j.testkit.goldens.SavedModels.Answer;
import org.conv4j.testkit.goldens.SavedModels.SavedModel;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** An engine gives Keras's answers for whole models, whatever file they come from. */
abstract class ModelContract extends Contract {
  /** Relative to the largest output; Keras itself is within 1e-5 of what float64 gives. */
  private static final double BOUND = 1e-4;

  ModelContract(EngineContract whole) {
    super(whole);
  }

  @TestFactory
  final Stream<DynamicNode> answersAsKerasDoes() {
    List<DynamicNode> tests = new ArrayList<>();
    for (SavedModel model : SavedModels.all()) {
      for (Path file : model.files()) {
        String name = model.name() + ": " + file.getFileName();
        tests.add(DynamicTest.dynamicTest(name, () -> check(model, file)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(50);
    return tests.stream();
  }

  private void check(SavedModel saved, Path file) {
    assertThat(saved.goldens()).isNotEmpty();
    try (KerasModel loaded = KerasModels.load(file)) {
      for (Path golden : saved.goldens()) {
        try (Answer answer = Answer.read(golden)) {
          check(loaded, answer);
        }
      }
    }
  }

  private void check(KerasModel loaded, Answer answer) {
    List<Shape> shapes = answer.inputs().stream().map(Tensor::shape).toList();
    List<Tensor> outputs = new ArrayList<>();
    try (Plan plan =
            loaded.model().compile(shapes, loaded.dataType(), engine(), CompileOptions.DEFAULT);
        Session session = plan.newSession()) {
      assertThat(plan.outputShapes())
          .isEqualTo(answer.outputs().stream().map(Tensor::shape).toList());
      plan.outputShapes().forEach(shape -> outputs.add(Tensor.allocate(loaded.dataType(), shape)));
      session.run(answer.inputs().toArray(Tensor[]::new), outputs.toArray(Tensor[]::new));
      for (int i = 0; i < outputs.size(); i++) {
        double[] expected = answer.outputs().get(i).toDoubleArray();
        assertThat(error(outputs.get(i).toDoubleArray(), expected))
            .as("largest error of output %d relative to the largest value", i)
            .isLessThan(BOUND);
      }
    } finally {
      outputs.forEach(Tensor::close);
    }
  }

  private static double error(double[] actual, double[] expected) {
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(actual[i] - expected[i]);
      error = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(error, difference);
    }
    return error / DoubleStream.of(expected).map(Math::abs).max().orElseThrow();
  }
}
