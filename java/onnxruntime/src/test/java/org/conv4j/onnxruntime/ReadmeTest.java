package org.conv4j.onnxruntime;

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
        "OrtEnvironment environment, OrtSession before, Plan plan, Session session, Tensor scores, OnnxTensor pixels",
        "ai.onnxruntime.*",
        "java.util.*",
        "org.conv4j.onnxruntime.*",
        "org.conv4j.plan.*",
        "org.conv4j.plan.Session",
        "org.conv4j.tensor.*");
  }
}
