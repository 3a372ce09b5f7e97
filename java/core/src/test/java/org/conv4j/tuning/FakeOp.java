package org.conv4j.tuning;

import java.util.concurrent.atomic.AtomicLong;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.Scratchpad;
import org.conv4j.tensor.Tensor;

/** An op that computes nothing, and takes a given time on a clock that only such ops advance. */
final class FakeOp implements CompiledOp {
  private final String name;
  private final AtomicLong clock;
  private final long nanoseconds;
  int runs;
  int openRunners;
  boolean closed;

  FakeOp(String name, AtomicLong clock, long nanoseconds) {
    this.name = name;
    this.clock = clock;
    this.nanoseconds = nanoseconds;
  }

  @Override
  public String kernel() {
    return name;
  }

  @Override
  public String implementation() {
    return "fake";
  }

  @Override
  public long scratchpadBytes() {
    return 64;
  }

  @Override
  public OpRunner newRunner(Scratchpad scratchpad) {
    openRunners++;
    return new OpRunner() {
      @Override
      public void run(Tensor[] inputs, Tensor output) {
        runs++;
        clock.addAndGet(nanoseconds);
      }

      @Override
      public void close() {
        openRunners--;
      }
    };
  }

  @Override
  public void close() {
    closed = true;
  }
}
