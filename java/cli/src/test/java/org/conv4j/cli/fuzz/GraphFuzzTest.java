package org.conv4j.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random models, legal and illegal, end in answers on which all engines agree or in exceptions of
 * ours, in a process with little memory. {@code -Dconv4j.fuzz.minutes=N} tries for so long, {@code
 * -Dconv4j.fuzz.seed=S} from a certain seed on. What is found is kept in {@code target/graph-fuzz}:
 * move it to the corpus, which is tried each time.
 */
class GraphFuzzTest {
  private static final Path CORPUS = Path.of("src/test/resources/org/conv4j/cli/fuzz/corpus");
  private static final Path FINDINGS = Path.of("target", "graph-fuzz");
  private static final long MINUTES = Long.getLong("conv4j.fuzz.minutes", 0);
  private static final long FEW = 150;

  /** A process is replaced after so many cases, for what native code keeps. */
  private static final long MANY = 5000;

  private static final int MOST_FINDINGS = 40;

  @TempDir private Path work;

  @Test
  void whatWasFoundOnceIsMended() throws Exception {
    assertThat(fork("replay", CORPUS.toString())).isZero();
  }

  @Test
  void randomModelsAreAnsweredOrRefused() throws Exception {
    long end = System.nanoTime() + MINUTES * 60 * 1_000_000_000;
    long first = MINUTES == 0 ? 1 : System.currentTimeMillis() * 1000;
    long seed = Long.getLong("conv4j.fuzz.seed", first);
    List<Integer> failures = new ArrayList<>();
    do {
      long seconds = MINUTES == 0 ? 600 : Math.max(1, (end - System.nanoTime()) / 1_000_000_000);
      long count = MINUTES == 0 ? FEW : MANY;
      System.out.printf("graphs from seed %d on%n", seed);
      int exit = fork("random", "" + seed, "" + seconds, "" + count);
      if (exit != 0) {
        failures.add(exit);
        keep();
      }
      seed = exit == 0 || exit == GraphFuzz.FOUND ? seed + count : current() + 1;
    } while (System.nanoTime() < end && failures.size() < MOST_FINDINGS);
    assertThat(failures).as("exit codes; the models are in " + FINDINGS).isEmpty();
  }

  private long current() throws IOException {
    return GraphCase.read(work.resolve(GraphFuzz.CURRENT)).seed();
  }

  private void keep() throws IOException {
    Files.createDirectories(FINDINGS);
    List<Path> files = new ArrayList<>();
    try (var all = Files.list(work)) {
      all.filter(file -> file.getFileName().toString().startsWith("finding-")).forEach(files::add);
    }
    for (Path file : files) {
      Files.move(file, FINDINGS.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
    Path current = work.resolve(GraphFuzz.CURRENT);
    if (Files.exists(current)) {
      Files.copy(
          current,
          FINDINGS.resolve("finding-" + current() + ".json"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private int fork(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:MaxDirectMemorySize=256m",
            "-XX:ErrorFile=" + FINDINGS.toAbsolutePath() + "/hs_err_%p.log",
            "-cp",
            System.getProperty("java.class.path"),
            GraphFuzz.class.getName()));
    command.addAll(List.of(arguments));
    command.add(work.toString());
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
