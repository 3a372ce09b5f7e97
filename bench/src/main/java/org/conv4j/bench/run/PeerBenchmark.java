package org.conv4j.bench.run;

import java.util.concurrent.TimeUnit;
import org.conv4j.bench.cases.Cases;
import org.conv4j.bench.cases.Operands;
import org.conv4j.bench.peer.Peer;
import org.conv4j.bench.peer.PeerRun;
import org.conv4j.bench.record.Note;
import org.conv4j.bench.record.Subject;
import org.conv4j.notation.BenchCase;
import org.conv4j.tensor.DataType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Times one run of a case in a rival library, from direct buffer to direct buffer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PeerBenchmark {
  /** The id of the case. */
  @Param("dense-3x3/resnet50:conv2_x")
  public String problem;

  /** The name of the rival. */
  @Param("none")
  public String peer;

  /** The number of threads that a run may use. */
  @Param("1")
  public int threads;

  private PeerRun run;

  /** JMH creates it. */
  public PeerBenchmark() {}

  /**
   * Gets the case ready and compares its output with the reference's.
   *
   * @throws Exception the library's own error
   */
  @Setup
  public void prepare() throws Exception {
    BenchCase benchCase = Cases.byId(problem);
    Subject subject =
        new Subject(Subject.Kind.PEER, peer, problem, threads, DataType.FLOAT32.toString());
    Peer rival = Peers.byName(peer);
    String version = "";
    try (Operands operands = Operands.of(benchCase, DataType.FLOAT32)) {
      version = rival.version();
      run = rival.prepare(benchCase, operands.constants(), threads);
      Notes.write(Note.verified(subject, version, "", checkedRun(rival, benchCase, operands)));
    } catch (Exception | LinkageError failure) {
      Notes.write(Note.failed(subject, Verification.outcomeOf(failure), version, failure));
      throw failure;
    }
  }

  /**
   * Runs the case once.
   *
   * @throws Exception the library's own error
   */
  @Benchmark
  public void run() throws Exception {
    run.run();
  }

  /** Frees the memory. */
  @TearDown
  public void close() {
    run.close();
  }

  private double checkedRun(Peer rival, BenchCase benchCase, Operands operands) throws Exception {
    float[] input = operands.input().toFloatArray();
    float[] output = new float[(int) benchCase.output().elementCount()];
    if (rival.channelsFirst()) {
      input = ChannelOrder.channelsFirst(benchCase.input(), input);
    }
    run.input().duplicate().clear().put(input);
    run.run();
    run.output().duplicate().clear().get(output);
    if (rival.channelsFirst()) {
      output = ChannelOrder.channelsLast(benchCase.output(), output);
    }
    double[] actual = new double[output.length];
    for (int i = 0; i < output.length; i++) {
      actual[i] = output[i];
    }
    return Verification.check(benchCase, DataType.FLOAT32, actual);
  }
}
