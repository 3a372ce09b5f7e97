package org.conv4j.testkit.fuzz;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The process in which {@link ForkedFuzz} tries cases. A crash, a hang or a lack of memory ends it;
 * each case is written to a file before it is tried, which tells what did.
 */
final class FuzzProcess {
  /** The case that is being tried. */
  static final String CURRENT = "current.json";

  /** The seed of that case. */
  static final String SEED = "seed";

  /** Begins the names of the files of cases that failed. */
  static final String FINDING = "finding-";

  /** Cases failed; the process went on. Java itself ends with 1. */
  static final int FOUND = 3;

  /** The process has taken more memory than one case may. */
  static final int TOO_LARGE = 5;

  private static final int HUNG = 4;

  /** What a case may take of the processors, so that other processes do not matter. */
  private static final long MOST_SECONDS = 10;

  /** What a case may take in all; what waits for itself takes nothing of the processors. */
  private static final long MOST_WAITING_SECONDS = 100;

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final long MOST_RESIDENT_KILOBYTES = 1 << 20;

  /** Wrong answers come from anywhere, so that where they are noticed tells nothing. */
  private static final int MOST_WRONG = 10;

  private final FuzzTarget target;
  private final Path work;
  private final Map<String, Integer> outcomes = new TreeMap<>();

  /** Where failures came from: each place is reported once. */
  private final Set<String> places = new HashSet<>();

  private int wrong;
  private int findings;

  /** What is being tried; null between cases. */
  private volatile String name;

  private volatile long began;
  private volatile long processorBegan;

  private FuzzProcess(FuzzTarget target, Path work) {
    this.target = target;
    this.work = work;
  }

  /**
   * Tries cases and exits with 0 if none failed.
   *
   * @param arguments the target's class, a folder to work in, and either {@code replay} and a
   *     folder of cases or {@code random}, the first seed, how many, and for how many seconds
   */
  public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
    FuzzTarget target =
        (FuzzTarget) Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
    FuzzProcess process = new FuzzProcess(target, Path.of(arguments[1]));
    process.watch(Thread.currentThread());
    if (arguments[2].equals("replay")) {
      process.replay(Path.of(arguments[3]));
    } else {
      long seconds = Long.parseLong(arguments[5]);
      process.random(
          Long.parseLong(arguments[3]), Long.parseLong(arguments[4]), System.nanoTime(), seconds);
    }
    System.out.println("outcomes: " + process.outcomes);
    System.out.println("most memory: " + ResidentPeak.kilobytes() / 1024 + " MB");
    System.exit(process.findings == 0 ? 0 : FOUND);
  }

  private void replay(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        attempt(target.read(file), file.getFileName().toString());
      }
    }
  }

  private void random(long first, long count, long start, long seconds) throws IOException {
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    for (long i = 0; i < count && System.nanoTime() < end; i++) {
      long seed = first + i;
      Files.writeString(work.resolve(SEED), Long.toString(seed));
      attempt(target.random(seed), Long.toString(seed));
    }
  }

  private void attempt(FuzzCase fuzzCase, String caseName) throws IOException {
    Path current = work.resolve(CURRENT);
    fuzzCase.write(current);
    began = System.nanoTime();
    processorBegan = SYSTEM.getProcessCpuTime();
    name = caseName;
    String outcome = "failed";
    try {
      outcome = fuzzCase.run(work);
    } catch (Throwable failure) {
      report(fuzzCase, failure);
    }
    name = null;
    long millis = (SYSTEM.getProcessCpuTime() - processorBegan) / 1_000_000;
    if (millis > TimeUnit.SECONDS.toMillis(MOST_SECONDS) / 2) {
      System.out.printf("%s took %d ms%n", caseName, millis);
    }
    outcomes.merge(outcome, 1, Integer::sum);
    if (ResidentPeak.kilobytes() > MOST_RESIDENT_KILOBYTES) {
      System.out.println(caseName + ": the process has grown beyond 1 GB");
      System.exit(TOO_LARGE);
    }
    Files.delete(current);
  }

  private void report(FuzzCase fuzzCase, Throwable failure) throws IOException {
    findings++;
    boolean isNew =
        failure instanceof AssertionError ? wrong++ < MOST_WRONG : places.add(place(failure));
    if (isNew) {
      System.out.println(name + ":");
      failure.printStackTrace(System.out);
      fuzzCase.write(work.resolve(FINDING + name + ".json"));
    }
  }

  private static String place(Throwable failure) {
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (frame.getClassName().startsWith("org.conv4j.")) {
        return failure.getClass().getName() + " at " + frame;
      }
    }
    return failure.getClass().getName();
  }

  private boolean hangs() {
    return name != null
        && (SYSTEM.getProcessCpuTime() - processorBegan > TimeUnit.SECONDS.toNanos(MOST_SECONDS)
            || System.nanoTime() - began > TimeUnit.SECONDS.toNanos(MOST_WAITING_SECONDS));
  }

  /** Ends the process if a case takes too long: native code cannot be interrupted. */
  private void watch(Thread main) {
    Thread watch =
        new Thread(
            () -> {
              while (!hangs()) {
                try {
                  Thread.sleep(500);
                } catch (InterruptedException interrupted) {
                  return;
                }
              }
              System.out.printf("%s takes too long:%n", name);
              List.of(main.getStackTrace()).forEach(frame -> System.out.println("  at " + frame));
              System.out.flush();
              Runtime.getRuntime().halt(HUNG);
            },
            "watch");
    watch.setDaemon(true);
    watch.start();
  }
}
