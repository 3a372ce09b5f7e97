package org.conv4j.bench.threads;

import java.util.List;
import org.conv4j.error.Conv4jException;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.tensor.Tensor;

/** A session with the tensors it runs on by turns. Owns the session, not the tensors. */
final class Caller implements AutoCloseable {
  private final Session session;
  private final List<Tensor> inputs;
  private final List<Tensor> outputs;
  private int turn;

  Caller(Plan plan, List<Tensor> inputs, List<Tensor> outputs) {
    this.session = plan.newSession();
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /** From now on, the next tensors. */
  void turn() {
    turn = (turn + 1) % inputs.size();
  }

  void call() {
    session.run(inputs.get(turn), outputs.get(turn));
  }

  /** Calls some times in a row; returns the nanoseconds that this took. */
  long call(long calls) {
    long start = System.nanoTime();
    for (long i = 0; i < calls; i++) {
      call();
    }
    return System.nanoTime() - start;
  }

  /** Calls some times, each after a rest; returns the nanoseconds that the calls took. */
  long callRested(long calls, int restMilliseconds) {
    long nanoseconds = 0;
    for (long i = 0; i < calls; i++) {
      try {
        Thread.sleep(restMilliseconds);
      } catch (InterruptedException interrupted) {
        throw new Conv4jException("The measurement was interrupted.", interrupted);
      }
      nanoseconds += call(1);
    }
    return nanoseconds;
  }

  /** How many calls in a row take at least some time: a power of two. */
  long callsIn(long nanoseconds) {
    long calls = 1;
    while (call(calls) < nanoseconds) {
      calls *= 2;
    }
    return calls;
  }

  @Override
  public void close() {
    session.close();
  }
}
