package org.conv4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.conv4j.testkit.docs.Snippets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {
  @TempDir private Path folder;

  @Test
  void theSnippetCompiles() {
    Snippets readme = Snippets.of(Path.of("README.md"));
    assertThat(readme.count()).isEqualTo(1);
    readme.compileBody(
        0,
        folder,
        "MultiLayerNetwork network, INDArray images",
        "org.conv4j.dl4j.*",
        "org.deeplearning4j.nn.multilayer.*",
        "org.nd4j.linalg.api.ndarray.*");
  }
}
