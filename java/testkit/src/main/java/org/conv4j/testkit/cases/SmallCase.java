package org.conv4j.testkit.cases;

import org.conv4j.activation.Activation;
import org.conv4j.engine.Engine;
import org.conv4j.layer.convolution.SeparableConv2D;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A two-step layer on whole numbers, compiled, with an input and the right answer. Owner of all
 * three.
 */
public final class SmallCase implements AutoCloseable {
  /** The layer. */
  public static final LayerCase CASE =
      new LayerCase(
          SeparableConv2D.of(4, 3).padding(Padding.SAME).activation(Activation.RELU),
          Shape.of(1, 6, 5, 3));

  /** The input and the weights. */
  public final CaseData data;

  /** The compiled layer. */
  public final Plan plan;

  /** The answer. */
  public final double[] expected;

  /**
   * Compiles {@link #CASE}.
   *
   * @param engine compiles it
   * @param reference gives the answer
   */
  public SmallCase(Engine engine, Engine reference) {
    this(CASE, engine, reference);
  }

  /**
   * Compiles a case.
   *
   * @param layerCase the case
   * @param engine compiles it
   * @param reference gives the answer
   */
  public SmallCase(LayerCase layerCase, Engine engine, Engine reference) {
    data = layerCase.integers(1);
    expected = data.run(reference, DataType.FLOAT32);
    plan = data.compile(engine, DataType.FLOAT32);
  }

  /**
   * Allocates a tensor for an answer.
   *
   * @return a tensor that the caller owns
   */
  public Tensor newOutput() {
    return Tensor.allocate(DataType.FLOAT32, plan.outputShape());
  }

  /**
   * Runs a session and fails unless the answer is exact.
   *
   * @param session a session of the plan
   */
  public void assertRuns(Session session) {
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
