package org.conv4j.spark;

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
        0, folder, "SparkSession spark", "org.apache.spark.sql.*", "org.conv4j.spark.*");
  }
}
