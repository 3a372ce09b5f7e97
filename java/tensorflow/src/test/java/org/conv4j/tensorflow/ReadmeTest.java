package org.conv4j.tensorflow;

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
        "Plan plan, Session session, TFloat32 image",
        "org.conv4j.plan.*",
        "org.conv4j.tensor.*",
        "org.conv4j.tensorflow.*",
        "org.tensorflow.types.*");
  }
}
