package org.conv4j.keras.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.conv4j.error.MalformedFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KerasJsonTest {
  @Test
  void readsNumbersAsPythonWritesThem() {
    var node = KerasJson.object("{\"a\": -Infinity, \"b\": [NaN, 1e-3], \"c\": 7}", "test");

    assertThat(node.get("a").doubleValue()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(node.get("b").get(0).doubleValue()).isNaN();
    assertThat(node.get("b").get(1).doubleValue()).isEqualTo(1e-3);
    assertThat(node.get("c").intValue()).isEqualTo(7);
  }

  @Test
  void rejectsARepeatedKeyWhichWouldSilentlyLoseAValue() {
    assertThatThrownBy(() -> KerasJson.object("{\"x\": {\"axis\": 1, \"axis\": null}}", "test"))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage("test has 'axis' twice in one JSON object.");
  }

  @Test
  void takesTheSameKeyInDifferentObjects() {
    var node = KerasJson.object("{\"axis\": {\"axis\": 1}, \"x\": {\"axis\": 2}}", "test");

    assertThat(node.get("axis").get("axis").intValue()).isEqualTo(1);
    assertThat(node.get("x").get("axis").intValue()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [1]              | holds no JSON object
          `{} {}`          | goes on after its JSON object
          {                | line 1, column 2: it ends too early
          {"a": tru}       | line 1, column 7: expected a value
          {"a": 01}        | a number starts with a needless 0
          {"a": 1.}        | line 1, column 9: expected a digit
          {"a": -}         | expected a digit
          {"a": +1}        | expected a value
          {"a": 'b'}       | expected a value
          {a: 1}           | expected a name in quotes
          {"a" 1}          | expected ':'
          {"a": 1,}        | expected a name in quotes
          {"a": [1 2]}     | expected ']'
          {"a": "\\x"}     | a backslash stands before no escape
          {"a": "\\u00g0"} | four hexadecimal digits
          """)
  void tellsWhereItIsNoJson(String json, String words) {
    refused(json, words);
  }

  @Test
  void countsLines() {
    refused("{\n  \"a\": 1,\n  \"b\" 2}", "test is no legal JSON: line 3, column 7: expected ':'.");
  }

  @Test
  void boundsWhatADocumentCanMakeGrow() {
    refused("{\"a\": " + "[".repeat(100) + "]".repeat(100) + "}", "nested more than 100 deep");
    refused("{\"a\": [" + "0,".repeat(1 << 20) + "0]}", "more than 1048576 values");
    refused("{\"a\": " + "9".repeat(1001) + "}", "more than 1000 characters");
    refused("{\"a\": 1." + "9".repeat(1001) + "}", "more than 1000 characters");
    refused("{" + " ".repeat(KerasJson.MAX_BYTES) + "}", "characters of JSON");
    refused("{\"a\": \"line\nline\"}", "control character");
  }

  @Test
  void wholeNumbersStayWhole() {
    var node = KerasJson.object("{\"a\": 9223372036854775807, \"b\": 9223372036854775808}", "test");

    assertThat(node.get("a").canConvertToLong()).isTrue();
    assertThat(node.get("a").longValue()).isEqualTo(Long.MAX_VALUE);
    assertThat(node.get("b").isIntegralNumber()).isTrue();
    assertThat(node.get("b").canConvertToLong()).isFalse();
    assertThat(node).hasToString("{\"a\":9223372036854775807,\"b\":9223372036854775808}");
  }

  private static void refused(String json, String words) {
    assertThatThrownBy(() -> KerasJson.object(json, "test"))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining(words);
  }
}
