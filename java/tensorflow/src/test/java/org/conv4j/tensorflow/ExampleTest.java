package org.conv4j.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.conv4j.tensorflow.example.BetweenTwoGraphs;
import org.junit.jupiter.api.Test;

class ExampleTest {
  private static final Path MODEL =
      Path.of("..", "cli/src/main/resources/org/conv4j/cli/demo/digits.keras");

  @Test
  void aModelRunsBetweenTwoGraphs() {
    assertThat(BetweenTwoGraphs.classify(MODEL)).isEqualTo(1);
  }
}
