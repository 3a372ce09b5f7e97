package org.conv4j.bench.run;

import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.conv4j.bench.cases.Cases;
import org.conv4j.bench.cases.Operands;
import org.conv4j.bench.record.Note;
import org.conv4j.bench.record.Subject;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.error.Conv4jException;
import org.conv4j.notation.BenchCase;
import org.conv4j.plan.Plan;
import org.conv4j.plan.PlanStep;
import org.conv4j.plan.Session;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Times one run of a case on one engine, from off-heap tensor to off-heap tensor. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ConvolutionBenchmark {
  /** The id of the case. */
  @Param("dense-3x3/resnet50:conv2_x")
  public String problem;

  /** The name of the engine. */
  @Param("onednn")
  public String engine;

  /** The number of threads that a run may use. */
  @Param("1")
  public int threads;

  /** The type to compute with. */
  @Param("FLOAT32")
  public DataType dataType;

  private Operands operands;
  private Tensor output;
  private Session session;

  /** JMH creates it. */
  public ConvolutionBenchmark() {}

  /** Compiles the case and compares its output with the reference's. */
  @Setup
  public void prepare() {
    Engine running = Engines.byName(engine);
    // Loads its libraries: who compiles first and allocates then, gets tensors in larger pages.
    running.dataTypes();
    BenchCase benchCase = Cases.byId(problem);
    Subject subject =
        new Subject(Subject.Kind.ENGINE, engine, problem, threads, dataType.toString());
    operands = Operands.of(benchCase, dataType);
    output = Tensor.allocate(dataType, benchCase.output());
    CompileOptions options = CompileOptions.DEFAULT.withThreads(threads);
    try (Plan plan =
        Plan.compile(benchCase.program(operands.constants()).as(dataType), running, options)) {
      session = plan.newSession();
      // An element that the engine forgets to write stays wrong.
      output.transform(ignored -> Double.NaN);
      session.run(operands.input(), output);
      double error = Verification.check(benchCase, dataType, output.toDoubleArray());
      Notes.write(Note.verified(subject, "", implementation(plan), error));
    } catch (Conv4jException failure) {
      Notes.write(Note.failed(subject, Verification.outcomeOf(failure), "", failure));
      throw failure;
    }
  }

  /** Runs the case once. */
  @Benchmark
  public void run() {
    session.run(operands.input(), output);
  }

  /** Frees the memory. */
  @TearDown
  public void close() {
    session.close();
    output.close();
    operands.close();
  }

  private static String implementation(Plan plan) {
    return plan.steps().stream()
        .map(ConvolutionBenchmark::implementation)
        .collect(Collectors.joining(" + "));
  }

  private static String implementation(PlanStep step) {
    return step.kernel() + ": " + step.implementation();
  }
}
