package org.conv4j.testkit.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Tries random cases in processes with little memory, one after the other: what ends one of them is
 * a finding, and the next goes on behind it. What they say and the cases that failed are kept in a
 * folder.
 *
 * <p>{@code -Dconv4j.fuzz.minutes=N} tries for so long, {@code -Dconv4j.fuzz.seed=S} from a certain
 * seed on, {@code -Dconv4j.fuzz.cases=1} with a seed repeats one case.
 */
public final class ForkedFuzz {
  private static final long MINUTES = Long.getLong("conv4j.fuzz.minutes", 0);
  private static final int MOST_FINDINGS = 40;

  private final Class<? extends FuzzTarget> target;
  private final Path work;
  private final Path findings;
  private final Path output;

  /**
   * Makes a fuzzer.
   *
   * @param target what to try cases on
   * @param work an empty folder, for the processes
   * @param findings a folder for what is found, which is made when it is needed
   */
  public ForkedFuzz(Class<? extends FuzzTarget> target, Path work, Path findings) {
    this.target = target;
    this.work = work;
    this.findings = findings;
    output = findings.resolve("output.txt");
  }

  /**
   * Tries all cases of a folder.
   *
   * @param corpus the folder
   * @return what failed
   * @throws IOException if the process cannot be started or its files not written
   * @throws InterruptedException if the waiting for it is interrupted
   */
  public List<String> replay(Path corpus) throws IOException, InterruptedException {
    int exit = fork("replay", corpus.toString());
    return exit == 0 ? List.of() : List.of("exit code " + exit + "; see " + output);
  }

  /**
   * Tries random cases: the few that follow from the first seeds, unless properties say otherwise.
   *
   * @param few how many
   * @param many after how many cases a process is replaced, if they shall be tried for minutes
   * @return what failed
   * @throws IOException if the process cannot be started or its files not written
   * @throws InterruptedException if the waiting for it is interrupted
   */
  public List<String> random(long few, long many) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long end = start + TimeUnit.MINUTES.toNanos(MINUTES);
    long count = MINUTES == 0 ? Long.getLong("conv4j.fuzz.cases", few) : many;
    long seed =
        Long.getLong("conv4j.fuzz.seed", MINUTES == 0 ? 1 : System.currentTimeMillis() * 1000);
    long cases = 0;
    List<String> failures = new ArrayList<>();
    do {
      long seconds =
          MINUTES == 0 ? 600 : Math.max(1, TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime()));
      int exit = fork("random", "" + seed, "" + count, "" + seconds);
      long last = Long.parseLong(Files.readString(work.resolve(FuzzProcess.SEED)));
      cases += last - seed + 1;
      // What many cases have left behind is not the last one's.
      if (exit == FuzzProcess.TOO_LARGE) {
        exit = fork("random", "" + last, "1", "600");
      }
      if (exit != 0) {
        failures.add("exit code %d, seeds %d to %d; see %s".formatted(exit, seed, last, output));
        keep(last);
      }
      seed = last + 1;
      System.out.printf(
          "%s: %d cases in %d s, %d processes failed%n",
          target.getSimpleName(),
          cases,
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
          failures.size());
    } while (System.nanoTime() < end && failures.size() < MOST_FINDINGS);
    return failures;
  }

  private void keep(long last) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(work)) {
      files =
          all.filter(file -> file.getFileName().toString().startsWith(FuzzProcess.FINDING))
              .toList();
    }
    for (Path file : files) {
      Files.move(file, findings.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
    Path current = work.resolve(FuzzProcess.CURRENT);
    if (Files.exists(current)) {
      Path kept = findings.resolve(FuzzProcess.FINDING + last + ".json");
      Files.move(current, kept, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private int fork(String... arguments) throws IOException, InterruptedException {
    Files.createDirectories(findings);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:MaxDirectMemorySize=256m",
            "-XX:ErrorFile=" + findings.toAbsolutePath() + "/hs_err_%p.log",
            "-cp",
            System.getProperty("java.class.path"),
            FuzzProcess.class.getName(),
            target.getName(),
            work.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
        .start()
        .waitFor();
  }
}
