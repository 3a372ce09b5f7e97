package org.conv4j.bench.bridge;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.engine.Plan;
import org.conv4j.engine.Session;
import org.conv4j.notation.BenchCase;
import org.conv4j.onednn.OneDnnEngine;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** The Java side: a plan of the oneDNN engine with one thread. Owns the session and the tensors. */
final class JavaSide implements Side, AutoCloseable {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Ends ends;
  private final Session session;
  private final String implementation;
  private long allocatedBytes;
  private long calls;

  private JavaSide(Ends ends, Session session, String implementation) {
    this.ends = ends;
    this.session = session;
    this.implementation = implementation;
  }

  /** Compiles a case. */
  static JavaSide of(BenchCase benchCase) {
    List<Tensor> constants = new ArrayList<>();
    List<List<Tensor>> byOp = new ArrayList<>();
    for (List<Shape> shapes : benchCase.constantShapes()) {
      int first = constants.size();
      shapes.forEach(shape -> constants.add(operand(shape, constants.size() + 1)));
      byOp.add(List.copyOf(constants.subList(first, constants.size())));
    }
    try (Plan plan =
        Plan.compile(
            benchCase.program(byOp),
            DataType.FLOAT32,
            Engines.byName(OneDnnEngine.NAME),
            CompileOptions.DEFAULT.withThreads(1))) {
      return new JavaSide(Ends.of(benchCase), plan.newSession(), implementation(plan));
    } finally {
      constants.forEach(Tensor::close);
    }
  }

  private static Tensor operand(Shape shape, int number) {
    Tensor tensor = Tensor.allocate(DataType.FLOAT32, shape);
    OperandValues.fill(tensor, number);
    return tensor;
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
  public long run(long count) {
    Tensor input = ends.input();
    Tensor output = ends.output();
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    for (long i = 0; i < count; i++) {
      session.run(input, output);
    }
    long elapsed = System.nanoTime() - start;
    allocatedBytes += THREADS.getCurrentThreadAllocatedBytes() - allocated;
    calls += count;
    return elapsed;
  }

  /** Bytes on the Java heap per call, over all calls since the last {@link #forgetAllocations}. */
  double bytesPerCall() {
    return (double) allocatedBytes / calls;
  }

  /** What was allocated while the code was still being interpreted does not count. */
  void forgetAllocations() {
    allocatedBytes = 0;
    calls = 0;
  }

  @Override
  public long digest() {
    return OperandValues.digest(ends.output().toFloatArray());
  }

  @Override
  public void close() {
    session.close();
    ends.close();
  }
}
