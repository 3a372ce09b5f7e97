package org.conv4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
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

/** Once a session is warm, its runs of a whole model leave nothing on the Java heap. */
public abstract class ModelSteadyStateContract extends Contract {
  private static final int RUNS = 50;

  /** What the JVM itself allocates while code is new must end within so many times the runs. */
  private static final int ATTEMPTS = 40;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * Makes this part of an engine's contract, for engines that are fast.
   *
   * @param whole the contract
   */
  protected ModelSteadyStateContract(EngineContract whole) {
    super(whole);
  }

  @TestFactory
  final Stream<DynamicNode> runsAllocateNothing() {
    List<DynamicNode> tests = new ArrayList<>();
    for (SavedModel model : SavedModels.all()) {
      tests.add(DynamicTest.dynamicTest(model.name(), () -> check(model)));
    }
    assertThat(tests).hasSizeGreaterThan(40);
    return tests.stream();
  }

  private void check(SavedModel saved) {
    List<Tensor> results = new ArrayList<>();
    try (KerasModel loaded = KerasModels.load(saved.files().get(0));
        Answer answer = Answer.read(saved.goldens().get(0))) {
      List<Shape> shapes = answer.inputs().stream().map(Tensor::shape).toList();
      try (Plan plan =
              loaded.model().compile(shapes, loaded.dataType(), engine(), CompileOptions.DEFAULT);
          Session session = plan.newSession()) {
        for (Shape shape : plan.outputShapes()) {
          results.add(Tensor.allocate(loaded.dataType(), shape));
        }
        Tensor[] inputs = answer.inputs().toArray(Tensor[]::new);
        Tensor[] outputs = results.toArray(Tensor[]::new);
        long allocated = allocatedByRuns(session, inputs, outputs);
        for (int i = 1; i < ATTEMPTS && allocated > 0; i++) {
          allocated = allocatedByRuns(session, inputs, outputs);
        }
        assertThat(allocated).as("bytes that %d runs allocate", RUNS).isZero();
      }
    } finally {
      results.forEach(Tensor::close);
    }
  }

  private static long allocatedByRuns(Session session, Tensor[] inputs, Tensor[] outputs) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < RUNS; i++) {
      session.run(inputs, outputs);
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
