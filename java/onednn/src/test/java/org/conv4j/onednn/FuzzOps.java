package org.conv4j.onednn;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.conv4j.engine.Engines;
import org.conv4j.portable.JavaEngine;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.testkit.OpFuzzer;

/**
 * The process in which {@link OpFuzzTest} tries random ops. What no exception tells of ends it, and
 * the seed of the last case is in a file then.
 */
final class FuzzOps {
  /** Cases failed. */
  static final int FOUND = 3;

  /** A case did not end. */
  private static final int HANGS = 4;

  /** No case computes for longer than a second; waiting for other processes is allowed for. */
  private static final long MOST_SECONDS = 30;

  private static volatile long seed;
  private static volatile long started = System.nanoTime();

  private FuzzOps() {}

  /** Arguments: the file for the seed, the first seed, how many cases, for how many seconds. */
  public static void main(String[] arguments) throws IOException {
    long first = Long.parseLong(arguments[1]);
    long count = Long.parseLong(arguments[2]);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[3]));
    OpFuzzer fuzzer =
        new OpFuzzer(
            List.of(
                Engines.byName(OneDnnEngine.NAME),
                Engines.byName(OneDnnEngine.NAME),
                Engines.byName(JavaEngine.NAME),
                Engines.byName(ReferenceEngine.NAME)),
            Engines.byName(ReferenceEngine.NAME));
    watch();
    boolean found = false;
    ByteBuffer last = ByteBuffer.allocate(Long.BYTES);
    try (FileChannel file =
        FileChannel.open(
            Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (long i = 0; i < count && System.nanoTime() < end; i++) {
        seed = first + i;
        started = System.nanoTime();
        file.write(last.clear().putLong(seed).flip(), 0);
        try {
          String outcome = fuzzer.run(seed);
          if (count == 1) {
            System.out.println(outcome);
          }
        } catch (Throwable failure) {
          found = true;
          System.out.println("seed " + seed);
          failure.printStackTrace(System.out);
        }
      }
    }
    System.exit(found ? FOUND : 0);
  }

  /** A hang in native code cannot be interrupted. */
  private static void watch() {
    Thread main = Thread.currentThread();
    Thread watchdog =
        new Thread(
            () -> {
              while (System.nanoTime() - started < TimeUnit.SECONDS.toNanos(MOST_SECONDS)) {
                try {
                  Thread.sleep(500);
                } catch (InterruptedException ended) {
                  return;
                }
              }
              System.out.println("seed " + seed + " takes too long:");
              for (StackTraceElement frame : main.getStackTrace()) {
                System.out.println("  at " + frame);
              }
              Runtime.getRuntime().halt(HANGS);
            });
    watchdog.setDaemon(true);
    watchdog.start();
  }
}
