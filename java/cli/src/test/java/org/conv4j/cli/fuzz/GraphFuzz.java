package org.conv4j.cli.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.conv4j.error.Conv4jException;
import org.conv4j.keras.KerasModel;
import org.conv4j.keras.KerasModels;

/**
 * Tries random models, or those in a folder, in a process of its own, which a crash or a lack of
 * memory may end. Before each case it is written to a file, which tells what ended the process.
 *
 * <p>Arguments: {@code replay CASES WORK} or {@code random SEED SECONDS COUNT WORK}.
 */
public final class GraphFuzz {
  /** The case that is being tried. */
  static final String CURRENT = "current.json";

  /** Exit codes. */
  static final int FOUND = 1;

  static final int HUNG = 3;
  static final int TOO_LARGE = 4;

  private static final long PATIENCE_MILLISECONDS = 10_000;
  private static final long MAX_RESIDENT_KILOBYTES = 1 << 20;

  private final Path work;
  private final Map<GraphRun.Outcome, Integer> outcomes = new EnumMap<>(GraphRun.Outcome.class);

  /** Where failures came from, so that each is kept once. */
  private final Set<String> seen = new HashSet<>();

  /** When the current case began; 0 between cases. */
  private final AtomicLong began = new AtomicLong();

  private int findings;

  private GraphFuzz(Path work) {
    this.work = work;
  }

  /** Runs cases and exits with 0 if none failed. */
  public static void main(String[] args) throws IOException {
    GraphFuzz fuzz = new GraphFuzz(Path.of(args[args.length - 1]));
    fuzz.watch();
    if (args[0].equals("replay")) {
      try (Stream<Path> files = Files.list(Path.of(args[1]))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
          fuzz.attempt(GraphCase.read(file), file.getFileName().toString());
        }
      }
    } else {
      long seed = Long.parseLong(args[1]);
      long end = System.nanoTime() + Long.parseLong(args[2]) * 1_000_000_000;
      for (long i = 0; i < Long.parseLong(args[3]) && System.nanoTime() < end; i++) {
        fuzz.attempt(GraphCase.random(seed + i), "seed " + (seed + i));
      }
    }
    System.out.println("outcomes: " + fuzz.outcomes);
    System.exit(fuzz.findings == 0 ? 0 : FOUND);
  }

  private void attempt(GraphCase graph, String name) throws IOException {
    Path current = work.resolve(CURRENT);
    graph.write(current);
    began.set(System.currentTimeMillis());
    GraphRun.Outcome outcome = GraphRun.Outcome.REFUSED;
    try (KerasModel keras = KerasModels.load(graph.save(work))) {
      outcome = new GraphRun(graph.seed()).run(keras);
    } catch (Conv4jException refused) {
      // As it may be, with a sentence.
      if (refused.getMessage() == null || refused.getMessage().isEmpty()) {
        report(graph, name, refused);
      }
    } catch (RuntimeException | Error failure) {
      report(graph, name, failure);
    }
    long took = System.currentTimeMillis() - began.getAndSet(0);
    if (took > PATIENCE_MILLISECONDS / 4) {
      System.out.printf("%s took %d ms%n", name, took);
    }
    outcomes.merge(outcome, 1, Integer::sum);
    if (residentKilobytes() > MAX_RESIDENT_KILOBYTES) {
      System.out.println(name + ": the process has grown beyond 1 GB");
      System.exit(TOO_LARGE);
    }
    Files.delete(current);
  }

  private void report(GraphCase graph, String name, Throwable failure) throws IOException {
    String place = failure.getClass().getName();
    if (failure instanceof AssertionError) {
      // Wrong answers come from anywhere.
      place += " " + findings / 4;
    }
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (frame.getClassName().startsWith("org.conv4j.")) {
        place += " at " + frame;
        break;
      }
    }
    findings++;
    if (seen.add(place)) {
      System.out.println(name + ": " + failure + place);
      List.of(failure.getStackTrace()).stream()
          .limit(12)
          .forEach(f -> System.out.println("  " + f));
      graph.write(work.resolve("finding-" + graph.seed() + ".json"));
    }
  }

  /** Ends the process if a case takes too long. */
  private void watch() {
    Thread watch =
        new Thread(
            () -> {
              while (true) {
                try {
                  Thread.sleep(500);
                } catch (InterruptedException interrupted) {
                  return;
                }
                long since = began.get();
                if (since != 0 && System.currentTimeMillis() - since > PATIENCE_MILLISECONDS) {
                  hang();
                }
              }
            },
            "watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void hang() {
    System.out.println("a case takes more than 10 seconds:");
    Thread.getAllStackTraces()
        .forEach(
            (thread, frames) -> {
              if (thread.getName().equals("main")) {
                List.of(frames).stream().limit(30).forEach(f -> System.out.println("  " + f));
              }
            });
    System.out.flush();
    Runtime.getRuntime().halt(HUNG);
  }

  private static long residentKilobytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }
}
