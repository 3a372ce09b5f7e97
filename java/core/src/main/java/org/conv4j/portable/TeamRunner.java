package org.conv4j.portable;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.conv4j.engine.OpRunner;
import org.conv4j.tensor.Tensor;

/**
 * Runs tiles on the calling thread and on helpers, each taking the next tile when it is done with
 * one. The helpers are daemon threads of a pool that all runners of the process share; it grows as
 * needed, so that no runner waits for another one's helpers.
 */
final class TeamRunner implements OpRunner {
  private static final int SPINS = 2000;
  private static final int IDLE_SECONDS = 30;

  private static final ExecutorService HELPERS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "conv4j-java-engine");
            thread.setDaemon(true);
            return thread;
          });

  private final int tiles;
  private final Tiles.Worker caller;
  private final Helper[] helpers;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger working = new AtomicInteger();
  private Thread waiting;
  private Tensor[] inputs;
  private Tensor output;
  private volatile Throwable failure;

  TeamRunner(Tiles tiles, int threads) {
    this.tiles = tiles.count();
    this.caller = tiles.newWorker();
    this.helpers = new Helper[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Helper(tiles.newWorker());
    }
  }

  @Override
  public void run(Tensor[] in, Tensor out) {
    inputs = in;
    output = out;
    waiting = Thread.currentThread();
    failure = null;
    next.set(0);
    working.set(0);
    try {
      for (Helper helper : helpers) {
        start(helper);
      }
      work(caller);
    } finally {
      await();
      inputs = null;
      output = null;
      waiting = null;
    }
    rethrow(failure);
  }

  private void start(Helper helper) {
    working.incrementAndGet();
    try {
      HELPERS.execute(helper);
    } catch (RuntimeException | Error notStarted) {
      working.decrementAndGet();
      throw notStarted;
    }
  }

  private void work(Tiles.Worker worker) {
    for (int tile = next.getAndIncrement(); tile < tiles; tile = next.getAndIncrement()) {
      worker.run(tile, inputs, output);
    }
  }

  private void await() {
    for (int spin = 0; working.get() > 0; spin++) {
      if (spin < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.park(this);
      }
    }
  }

  private static void rethrow(Throwable failure) {
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure instanceof Error error) {
      throw error;
    }
  }

  @Override
  public void close() {}

  private final class Helper implements Runnable {
    private final Tiles.Worker worker;

    private Helper(Tiles.Worker worker) {
      this.worker = worker;
    }

    @Override
    public void run() {
      Thread caller = waiting;
      try {
        work(worker);
      } catch (RuntimeException | Error thrown) {
        failure = thrown;
      } finally {
        working.decrementAndGet();
        LockSupport.unpark(caller);
      }
    }
  }
}
