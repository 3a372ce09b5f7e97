package org.conv4j.djl;

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
        "Translator<Image, Classifications> translator, Image image",
        "ai.djl.inference.*",
        "ai.djl.modality.*",
        "ai.djl.modality.cv.*",
        "ai.djl.repository.zoo.*",
        "ai.djl.translate.*",
        "java.nio.file.*");
  }
}
