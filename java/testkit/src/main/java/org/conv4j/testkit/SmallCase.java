package org.conv4j.testkit;

import org.conv4j.activation.Activation;
import org.conv4j.engine.Engine;
import org.conv4j.layer.convolution.SeparableConv2D;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** A two-step layer on whole numbers, compiled, with an input and the right answer. */
final class SmallCase implements AutoCloseable {
  static final LayerCase CASE =
      new LayerCase(
          SeparableConv2D.of(4, 3).padding(Padding.SAME).activation(Activation.RELU),
          Shape.of(1, 6, 5, 3));

  final CaseData data;
  final Plan plan;
  final double[] expected;

  SmallCase(Engine engine, Engine reference) {
    this(CASE, engine, reference);
  }

  SmallCase(LayerCase layerCase, Engine engine, Engine reference) {
    data = layerCase.integers(1);
    expected = data.run(reference, DataType.FLOAT32);
    plan = data.compile(engine, DataType.FLOAT32);
  }

  Tensor newOutput() {
    return Tensor.allocate(DataType.FLOAT32, plan.outputShape());
  }

  /** Runs a session and fails unless the answer is exact. */
  void assertRuns(Session session) {
    try (Tensor output = newOutput()) {
      session.run(data.input(), output);
      Outputs.assertExact(CASE, output.toDoubleArray(), expected);
    }
  }

  @Override
  public void close() {
    plan.close();
    data.close();
  }
}
