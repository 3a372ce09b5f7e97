package org.conv4j.onednn;

import java.util.Random;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.cases.Outputs;

/**
 * A random network's plan with an input and the right answer, for any thread. Owner of the plan.
 *
 * @param words what it is
 * @param plan the plan
 * @param input whole numbers
 * @param expected the right output
 */
record SharedPlan(String words, Plan plan, double[] input, double[] expected)
    implements AutoCloseable {
  private static final CompileOptions EXACT = CompileOptions.DEFAULT.withExact(true);

  /** A session with its tensors, for one thread. Outlives the closing of its plan. */
  static final class Caller implements AutoCloseable {
    private final SharedPlan shared;
    private final Session session;
    private final Tensor input;
    private final Tensor output;

    private Caller(SharedPlan shared) {
      this.shared = shared;
      session = shared.plan.newSession();
      input = Tensor.allocate(DataType.FLOAT32, shared.plan.inputShape()).copyFrom(shared.input);
      output = Tensor.allocate(DataType.FLOAT32, shared.plan.outputShape());
    }

    /** Fails unless the output is exact. */
    void run() {
      output.transform(old -> Double.NaN);
      session.run(input, output);
      Outputs.assertExact(shared.words, output.toDoubleArray(), shared.expected);
    }

    @Override
    public void close() {
      session.close();
      input.close();
      output.close();
    }
  }

  static SharedPlan draw(long seed, Engine engine, CompileOptions options) {
    Random random = new Random(seed);
    try (RandomNetwork network = RandomNetwork.next(random)) {
      double[] input = random.ints(network.input.elementCount(), -4, 5).asDoubleStream().toArray();
      Plan plan = network.compile(engine, options);
      String words = "%s on %s with %s, seed %d".formatted(network, engine.name(), options, seed);
      try (Plan reference = network.compile(new ReferenceEngine(), EXACT);
          Session session = reference.newSession();
          Tensor given = Tensor.allocate(DataType.FLOAT32, network.input).copyFrom(input);
          Tensor output = Tensor.allocate(DataType.FLOAT32, reference.outputShape())) {
        session.run(given, output);
        return new SharedPlan(words, plan, input, output.toDoubleArray());
      }
    }
  }

  /**
   * Makes a session.
   *
   * @throws IllegalStateException if the plan is closed
   */
  Caller newCaller() {
    return new Caller(this);
  }

  @Override
  public void close() {
    plan.close();
  }
}
