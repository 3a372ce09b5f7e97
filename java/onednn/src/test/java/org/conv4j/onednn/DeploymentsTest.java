package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.conv4j.onednn.binding.NativeLibrary;
import org.junit.jupiter.api.Test;

/** Copies of conv4j in one process, each with a class loader of its own. */
class DeploymentsTest {
  private static final String RIGHT =
      "onednn " + (NativeLibrary.isAvailable() ? "2 types 72.0" : "1 types 72.0");

  @Test
  void severalCopiesHaveAllKernelsAtATime() throws Exception {
    assertThat(run("together").output().lines().filter(line -> line.endsWith(RIGHT))).hasSize(6);
  }

  /**
   * Our library must go, although oneDNN's has called it, and its helpers must end before. oneDNN's
   * stays, and OpenMP's runtime with it: it has symbols that keep Linux from ever unloading it.
   */
  @Test
  void aCopyIsCollectedAndTheNextWorks() throws Exception {
    assumeTrue(NativeLibrary.isAvailable(), "needs the native library");
    ForkedJvm child = run("again");
    assertThat(child.output().lines().filter(line -> line.endsWith(RIGHT))).hasSize(3);
    assertThat(child.output().lines().filter(line -> line.equals("collected: true"))).hasSize(3);
    if (Files.exists(Path.of("/proc/self/maps"))) {
      assertThat(child.output().lines().filter(line -> line.equals("mapped: true false")))
          .as(child.output())
          .hasSize(3);
    }
  }

  @Test
  void threadsOfAnyContextFindTheEngine() throws Exception {
    assertThat(run("threads").output().lines().filter(line -> line.endsWith(RIGHT))).hasSize(3);
  }

  private static ForkedJvm run(String task) throws Exception {
    ForkedJvm child =
        ForkedJvm.run(
            Deployments.class,
            ForkedJvm.testClasses(),
            Map.of(),
            new String[] {"-Ddeployed=" + ForkedJvm.classPath()},
            task);
    assertThat(child.exitCode()).as(child.output()).isZero();
    return child;
  }
}
