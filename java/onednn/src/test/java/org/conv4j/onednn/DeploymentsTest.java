package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;

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

  @Test
  void aCopyIsCollectedAndTheNextWorks() throws Exception {
    ForkedJvm child = run("again");
    assertThat(child.output().lines().filter(line -> line.endsWith(RIGHT))).hasSize(3);
    assertThat(child.output().lines().filter(line -> line.equals("collected: true"))).hasSize(3);
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
