package org.conv4j.bench.bridge;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.notation.BenchCase;
import org.conv4j.onednn.OneDnnEngine;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * The Java side: a plan of the oneDNN engine with one thread, exact, so that both sides must agree
 * to the last bit. Owns its session.
 */
final class JavaSide implements Side, AutoCloseable {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Tensor input;
  private final Tensor output;
  private final Session session;
  private final String implementation;
  private long allocatedBytes;

  private JavaSide(SharedOperands operands, Session session, String implementation) {
    this.input = operands.input();
    this.output = operands.output();
    this.session = session;
    this.implementation = implementation;
  }

  /** Compiles a case. */
  static JavaSide of(BenchCase benchCase, SharedOperands operands) {
    try (Plan plan =
        Plan.compile(
            benchCase.program(operands.constants()).as(DataType.FLOAT32),
            Engines.byName(OneDnnEngine.NAME),
            CompileOptions.DEFAULT.withThreads(1).withExact(true))) {
      return new JavaSide(operands, plan.newSession(), implementation(plan));
    }
  }

  private static String implementation(Plan plan) {
    return plan.steps().stream()
        .map(step -> step.kernel() + ": " + step.implementation())
        .collect(Collectors.joining(" + "));
  }

  @Override
  public String implementation() {
    return implementation;
  }

  @Override
  public long run(long calls) {
    long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    for (long i = 0; i < calls; i++) {
      session.run(input, output);
    }
    long elapsed = System.nanoTime() - start;
    allocatedBytes += THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
    return elapsed;
  }

  /** Returns the bytes that the runs put on the Java heap since this was last asked. */
  long takeAllocatedBytes() {
    long taken = allocatedBytes;
    allocatedBytes = 0;
    return taken;
  }

  @Override
  public void close() {
    session.close();
  }
}
