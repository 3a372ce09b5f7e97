package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.conv4j.testkit.fuzz.ForkedFuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random ops, legal, illegal and absurd, given to all engines through their public interface, end
 * in right answers or in exceptions of ours, in a process with little memory; {@link ForkedFuzz}
 * tells how to try more of them.
 */
class OpFuzzTest {
  private static final long FEW = 800;

  /** oneDNN keeps the last 1024 primitives, some 250 MB. */
  private static final long MANY = 20_000;

  @TempDir private Path work;

  @Test
  void randomOpsAreComputedOrRefused() throws Exception {
    ForkedFuzz fuzz = new ForkedFuzz(OpsOnAllEngines.class, work, Path.of("target", "op-fuzz"));
    assertThat(fuzz.random(FEW, MANY)).isEmpty();
  }
}
