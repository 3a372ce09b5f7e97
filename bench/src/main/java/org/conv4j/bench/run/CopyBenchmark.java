package org.conv4j.bench.run;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Times a copy by one thread: how fast this machine's caches and memory move numbers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CopyBenchmark {
  /** What one copy reads and writes, together. */
  @Param({"262144", "268435456"})
  public int bytes;

  private ByteBuffer source;
  private ByteBuffer target;

  /** JMH creates it. */
  public CopyBenchmark() {}

  /** Allocates both halves. */
  @Setup
  public void prepare() {
    source = ByteBuffer.allocateDirect(bytes / 2);
    target = ByteBuffer.allocateDirect(bytes / 2);
  }

  /** Copies once. */
  @Benchmark
  public void copy() {
    target.put(0, source, 0, bytes / 2);
  }
}
