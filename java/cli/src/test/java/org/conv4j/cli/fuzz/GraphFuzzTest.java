package org.conv4j.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.conv4j.testkit.fuzz.ForkedFuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random models, legal and illegal, end in answers on which all engines agree or in exceptions of
 * ours, in a process with little memory; {@link ForkedFuzz} tells how to try more of them. What is
 * found is kept in {@code target/graph-fuzz}: move it to the corpus, which is tried each time.
 */
class GraphFuzzTest {
  private static final Path CORPUS = Path.of("src/test/resources/org/conv4j/cli/fuzz/corpus");
  private static final long FEW = 150;

  /** oneDNN keeps the last 1024 primitives, some 250 MB. */
  private static final long MANY = 5000;

  @TempDir private Path work;

  @Test
  void whatWasFoundOnceIsMended() throws Exception {
    assertThat(fuzz().replay(CORPUS)).isEmpty();
  }

  @Test
  void randomModelsAreAnsweredOrRefused() throws Exception {
    assertThat(fuzz().random(FEW, MANY)).isEmpty();
  }

  private ForkedFuzz fuzz() {
    return new ForkedFuzz(RandomModels.class, work, Path.of("target", "graph-fuzz"));
  }
}
