package org.conv4j.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimilarNamesTest {
  private static final List<String> METHODS =
      List.of("nearest", "bilinear", "bicubic", "lanczos3", "pil-bilinear", "pil-bicubic");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "neerest, 'nearest'",
        "naerest, 'nearest'",
        "BILINEAR, 'bilinear' or 'pil-bilinear'",
        "cubic, 'bicubic' or 'pil-bicubic'",
        "pil_bicubic, 'pil-bicubic' or 'bicubic'",
        "lanczos, 'lanczos3'"
      })
  void asksForTheMostSimilarOnesFirst(String given, String expected) {
    String question = SimilarNames.question(given, METHODS);
    assertThat(question).isEqualTo(" Did you mean " + expected + "?");
  }

  @Test
  void asksForThreeAtMost() {
    assertThat(SimilarNames.question("conv", List.of("conv1", "conv2", "conv3", "conv4")))
        .isEqualTo(" Did you mean 'conv1' or 'conv2' or 'conv3'?");
  }

  @Test
  void asksForNothingThatIsFarAway() {
    assertThat(SimilarNames.question("zebra", METHODS)).isEmpty();
    assertThat(SimilarNames.question("", METHODS)).isEmpty();
    assertThat(SimilarNames.hint("zebra", METHODS)).isEqualTo(".");
  }

  @Test
  void theEndOfASentenceHasUpToFive() {
    assertThat(SimilarNames.hint("cubic", METHODS))
        .isEqualTo("; similar ones are bicubic, pil-bicubic.");
  }

  @Test
  void neighboursThatAreSwappedAreOneMistake() {
    assertThat(SimilarNames.question("rnu", List.of("run", "bench")))
        .isEqualTo(" Did you mean 'run'?");
  }
}
