package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoCommandTest {
  @ParameterizedTest
  @ValueSource(strings = {"onednn", "java", "reference"})
  void recognisesDigitsAsKerasDoes(String engine) throws IOException {
    CommandResult result = CommandResult.of("demo", "--json", "--engine", engine);
    assertThat(result.exitCode()).isZero();
    JsonNode fields = new ObjectMapper().readTree(String.join("\n", result.out()));
    assertThat(fields.path("images").size()).isEqualTo(400);
    assertThat(fields.path("accuracy").asDouble()).isEqualTo(0.9975);
    assertThat(fields.path("difference_from_keras").asDouble()).isLessThan(1e-5);
    assertThat(fields.path("difference_from_reference").asDouble()).isLessThan(1e-5);
    assertThat(fields.path("microseconds_per_image").path(engine).asDouble()).isPositive();
  }

  @Test
  void printsALineForEachDigitAndDrawsTheMistake() {
    CommandResult result = CommandResult.of("demo");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).filteredOn(line -> line.startsWith("digit ")).hasSize(10);
    assertThat(result.out()).hasSizeLessThan(40);
    for (String engine : new String[] {"java", "reference"}) {
      assertThat(result.out()).anyMatch(line -> line.startsWith(engine) && line.endsWith("#"));
    }
    assertThat(result.out()).contains("399 of 400 images right: accuracy 99.8%");
    assertThat(result.out()).anyMatch(line -> line.contains("@@"));
  }

  @Test
  void printsALineForEachImageIfAsked() {
    assertThat(CommandResult.of("demo", "--all").out())
        .filteredOn(line -> line.startsWith("image "))
        .hasSize(401);
  }
}
