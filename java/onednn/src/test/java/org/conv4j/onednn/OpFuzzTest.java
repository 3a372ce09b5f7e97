package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random ops, legal, illegal and absurd, given to all engines through their public interface, end
 * in right answers or in exceptions of ours, in a process with little memory. {@code
 * -Dconv4j.fuzz.minutes=N} tries for so long, {@code -Dconv4j.fuzz.seed=S} from a certain seed on,
 * {@code -Dconv4j.fuzz.cases=1} with a seed repeats one case.
 */
class OpFuzzTest {
  private static final long MINUTES = Long.getLong("conv4j.fuzz.minutes", 0);
  private static final long FEW = Long.getLong("conv4j.fuzz.cases", 800);

  /** A process is replaced after so many cases, for what native code keeps. */
  private static final long MANY = 20_000;

  private static final int MOST_FINDINGS = 40;

  @TempDir private Path work;

  @Test
  void randomOpsAreComputedOrRefused() throws Exception {
    long end = System.nanoTime() + MINUTES * 60 * 1_000_000_000;
    long seed =
        Long.getLong("conv4j.fuzz.seed", MINUTES == 0 ? 1 : System.currentTimeMillis() * 1000);
    List<String> failures = new ArrayList<>();
    do {
      long seconds = MINUTES == 0 ? 600 : Math.max(1, (end - System.nanoTime()) / 1_000_000_000);
      long count = MINUTES == 0 ? FEW : MANY;
      System.out.printf("ops from seed %d on%n", seed);
      int exit = fork("" + seed, "" + count, "" + seconds);
      if (exit != 0) {
        failures.add("exit code " + exit + ", last seed " + last());
      }
      seed = exit == 0 || exit == FuzzOps.FOUND ? seed + count : last() + 1;
    } while (System.nanoTime() < end && failures.size() < MOST_FINDINGS);
    assertThat(failures).as("the seeds that failed are in the output").isEmpty();
  }

  private Path seeds() {
    return work.resolve("seed");
  }

  private long last() throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(seeds())).getLong();
  }

  private int fork(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:MaxDirectMemorySize=256m",
            "-XX:ErrorFile=" + Path.of("target", "op_fuzz_hs_err_%p.log").toAbsolutePath(),
            "-cp",
            ForkedJvm.classPath(),
            FuzzOps.class.getName(),
            seeds().toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
