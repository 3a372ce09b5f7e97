package org.conv4j.onednn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.layer.convolution.SeparableConv2D;
import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.onednn.binding.NativeThreads;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.cases.CaseData;
import org.conv4j.testkit.cases.LayerCase;
import org.conv4j.testkit.cases.Outputs;

/**
 * A program whose threads run a session of an engine once each and end, and that prints what they
 * leave behind: five times a thousand of them, after as many to warm up.
 */
final class RunOnShortLivedThreads {
  /** Of one summand for each tap and channel, so that no kernel rounds. */
  private static final LayerCase CASE =
      new LayerCase(SeparableConv2D.of(48, 3).padding(Padding.SAME), Shape.of(1, 26, 26, 32));

  private static final int THREADS = 1000;
  private static final int ROUNDS = 5;
  private static final int LOOKS = 4;
  private static final int[] AT_ONCE = {1, 2, 50};
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

  private final CaseData data;
  private final Plan plan;
  private final double[] expected;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private int mostHelpers;

  private RunOnShortLivedThreads(String engine) {
    data = CASE.integers(1);
    plan =
        data.model()
            .compile(
                CASE.input(), DataType.FLOAT32, Engines.byName(engine), CompileOptions.DEFAULT);
    expected = data.run(Engines.byName(ReferenceEngine.NAME), DataType.FLOAT32);
  }

  public static void main(String[] arguments) throws Exception {
    RunOnShortLivedThreads program = new RunOnShortLivedThreads(arguments[0]);
    int helpers = helpers();
    long tasks = tasks() - helpers;
    program.runOn(THREADS);
    long[] heap = new long[ROUNDS + 1];
    long[] resident = new long[ROUNDS + 1];
    for (int round = 0; round <= ROUNDS; round++) {
      if (round > 0) {
        program.runOn(THREADS);
      }
      heap[round] = heapBytes();
      resident[round] = residentBytes();
    }
    awaitNoHelpers();
    System.out.println("helpers: " + program.mostHelpers);
    System.out.println("more threads: " + (tasks() - tasks));
    System.out.println("more heap: " + medianGrowth(heap));
    System.out.println("more memory: " + medianGrowth(resident));
    program.plan.close();
    program.data.close();
  }

  /** A leak is in all rounds; what the JVM takes or gives back now and then is in few. */
  private static long medianGrowth(long[] bytes) {
    long[] growth = new long[ROUNDS];
    Arrays.setAll(growth, round -> bytes[round + 1] - bytes[round]);
    Arrays.sort(growth);
    System.out.println(Arrays.toString(growth));
    return growth[ROUNDS / 2];
  }

  /** First one thread at a time, then two, then many. */
  private void runOn(int threads) throws InterruptedException {
    for (int atOnce : AT_ONCE) {
      Semaphore alive = new Semaphore(atOnce);
      for (int i = 0; i < threads / AT_ONCE.length; i++) {
        alive.acquire();
        new Thread(
                () -> {
                  runOnce();
                  alive.release();
                })
            .start();
        if (i % 20 == 0) {
          mostHelpers = Math.max(mostHelpers, helpers());
        }
      }
      alive.acquire(atOnce);
    }
    if (failure.get() != null) {
      throw new AssertionError(failure.get());
    }
  }

  private void runOnce() {
    try (Session session = plan.newSession();
        Tensor output = Tensor.allocate(DataType.FLOAT32, plan.outputShape())) {
      session.run(data.input(), output);
      Outputs.assertExact(CASE, output.toDoubleArray(), expected);
    } catch (RuntimeException | Error thrown) {
      failure.compareAndSet(null, thrown);
    }
  }

  private static void awaitNoHelpers() throws InterruptedException {
    long start = System.nanoTime();
    while (helpers() > 0) {
      if (System.nanoTime() - start > PATIENCE) {
        throw new AssertionError(helpers() + " helpers are left after five seconds");
      }
      Thread.sleep(50);
    }
  }

  /** Native ones, and those of Java. */
  private static int helpers() {
    long java =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("conv4j-helper"))
            .count();
    return (int) java + (NativeLibrary.isAvailable() ? NativeThreads.helpers() : 0);
  }

  private static long tasks() throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks.count();
    }
  }

  /** The least of several: a helper that the system has put aside may still hold a session's. */
  private static long heapBytes() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int look = 0; look < LOOKS; look++) {
      Thread.sleep(50);
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private static long residentBytes() throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(status -> status.startsWith("VmRSS:"))
            .findAny()
            .orElseThrow();
    return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
  }
}
