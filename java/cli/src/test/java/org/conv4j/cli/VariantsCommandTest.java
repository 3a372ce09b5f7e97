package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.conv4j.cli.measure.Variant;
import org.junit.jupiter.api.Test;

class VariantsCommandTest {
  @Test
  void everyVariantAgreesWithTheReferenceOnAFastImplementation() throws IOException {
    CommandResult result = CommandResult.of("variants", "--json");
    assertThat(result.exitCode()).isZero();
    JsonNode variants = new ObjectMapper().readTree(String.join("\n", result.out()));
    assertThat(variants.size()).isGreaterThanOrEqualTo(24);
    // With shorter vectors than AVX's, oneDNN has nothing but products of matrices for some.
    boolean longVectors = variants.findValuesAsText("implementation").toString().contains("avx");
    for (JsonNode variant : variants) {
      assertThat(variant.path("max_error").asDouble()).isLessThan(3e-5);
      String implementation = variant.path("implementation").asText();
      assertThat(implementation).doesNotContain("ref");
      if (longVectors
          && !variant.path("variant").asText().equals("DepthwiseConv1D dilated causal")) {
        assertThat(implementation).doesNotContain("gemm:jit");
      }
    }
  }

  @Test
  void exactAlgorithmsOnlyRound() throws IOException {
    CommandResult result = CommandResult.of("variants", "--json", "--exact");
    for (JsonNode variant : new ObjectMapper().readTree(String.join("\n", result.out()))) {
      assertThat(variant.path("implementation").asText()).doesNotContain("winograd");
      assertThat(variant.path("max_error").asDouble()).isLessThan(3e-6);
    }
  }

  @Test
  void theTableHasALineForEachVariant() {
    CommandResult result = CommandResult.of("variants", "--engine", "reference");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).hasSize(1 + Variant.ALL.size());
    assertThat(result.out().get(0)).contains("variant", "output shape", "max error", "GFLOP/s");
    assertThat(Variant.ALL)
        .allMatch(
            variant -> result.out().stream().anyMatch(line -> line.startsWith(variant.name())));
  }
}
