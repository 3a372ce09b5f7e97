package org.conv4j.bench.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.conv4j.error.Conv4jException;
import org.conv4j.plan.Plan;

/** Callers of a plan that run at the same time, each in a thread of its own. Owns both. */
final class Crew implements AutoCloseable {
  /** About what Linux gives a thread before it lets another run. */
  private static final long TURN_NANOSECONDS = 3_000_000;

  private final List<Caller> callers = new ArrayList<>();
  private final ExecutorService threads;
  private final CyclicBarrier start;
  private volatile long begin;

  Crew(Plan plan, CallerTensors tensors, int size) {
    for (int i = 0; i < size; i++) {
      callers.add(new Caller(plan, tensors.inputs(i, size), tensors.outputs(i, size)));
    }
    threads = Executors.newFixedThreadPool(size);
    start = new CyclicBarrier(size, () -> begin = System.nanoTime());
  }

  long nanosecondsPerCall() {
    Caller caller = callers.get(0);
    caller.call(1);
    return caller.call(1);
  }

  /** The calls of a window that begins when all callers are ready. */
  double callsPerSecond(long nanoseconds) {
    List<Callable<Double>> tasks = new ArrayList<>();
    for (Caller caller : callers) {
      tasks.add(() -> work(caller, nanoseconds));
    }
    double calls = 0;
    try {
      for (Future<Double> future : threads.invokeAll(tasks)) {
        calls += future.get();
      }
    } catch (InterruptedException | ExecutionException failure) {
      throw new Conv4jException("A caller failed: " + failure.getMessage(), failure);
    }
    return calls / (nanoseconds * 1e-9);
  }

  /** Of the call that the window's end interrupts, the share before it counts. */
  private double work(Caller caller, long nanoseconds)
      throws InterruptedException, BrokenBarrierException {
    start.await();
    long end = begin + nanoseconds;
    long nextTurn = begin + TURN_NANOSECONDS;
    double calls = 0;
    long now = System.nanoTime();
    while (now < end) {
      if (now > nextTurn) {
        caller.turn();
        nextTurn = now + TURN_NANOSECONDS;
      }
      long before = now;
      caller.call();
      now = System.nanoTime();
      calls += now <= end ? 1 : (double) (end - before) / (now - before);
    }
    return calls;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    callers.forEach(Caller::close);
  }
}
