package org.conv4j.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.conv4j.error.MalformedFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLabelsTest {
  @Test
  void readsKerassClassIndexInTheOrderOfItsNumbers() {
    String index =
        """
        {"1": ["n01443537", "goldfish"], "0": ["n01440764", "tench"], "2": "great_white_shark"}
        """;
    assertThat(JsonLabels.parse(index, "labels.json"))
        .containsExactly("tench", "goldfish", "great_white_shark");
  }

  @Test
  void readsAnArrayOfNames() {
    assertThat(JsonLabels.parse("[\"tench\", \" goldfish \"]", "labels.json"))
        .containsExactly("tench", "goldfish");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `{"0": "a", "2": "b"}` | 2 labels, but none for class 1
          `{"first": "a"}`       | 1 labels, but none for class 0
          `{"0": "a", "0": "b"}` | Duplicate field '0'
          `{"0": ["n0", 7]}`     | class 0 must be a string; given 7
          `["a", []]`            | class 1 must be a string; given an array
          `["a", {}]`            | class 1 must be a string; given an object
          `["a", null]`          | class 1 must be a string; given null
          `"a"`                  | must hold an array of names
          `["a"] ["b"]`          | no legal JSON
          `["a"`                 | no legal JSON
          ``                     | it holds nothing
          """)
  void refusesWhatNamesNoClasses(String json, String reason) {
    assertThatThrownBy(() -> JsonLabels.parse(json, "labels.json"))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith("labels.json")
        .hasMessageContaining(reason);
  }
}
