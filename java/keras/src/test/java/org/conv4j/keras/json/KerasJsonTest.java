package org.conv4j.keras.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.conv4j.error.MalformedFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerasJsonTest {
  private static final JsonMapper JACKSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " {\t} \r\n",
        "{\"a\": []}",
        "{\"a\":[1 , -2,0,-0,2147483647,2147483648,-9223372036854775808]}",
        "{\"a\": [999999999999999999, 1000000000000000000, 9223372036854775808, -12345678901234567890123]}",
        "{\"a\": [0.5, -0.0, 1e5, 1E-3, 1.25e+10, 1e400, 4.9e-324]}",
        "{\"a\": [NaN, Infinity, -Infinity, true, false, null]}",
        "{\"\": {\"b\": {\"c\": [[], [[]], {}]}}}",
        "{\"a\": \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83d\\uDe00\", \"\\u0062\": \"é😀\"}",
      })
  void readsWhatJacksonReads(String text) throws JsonProcessingException {
    assertThat(KerasJson.object(text, "text")).isEqualTo(JACKSON.readTree(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1}}",
        "{\"a\":1} x",
        "{a:1}",
        "{\"a\":[1,]}",
        "{\"a\":[1 2]}",
        "{\"a\":01}",
        "{\"a\":-}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":1e}",
        "{\"a\":tru}",
        "{\"a\":-Inf}",
        "{\"a\":\"b}",
        "{\"a\":\"b\\\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":\u0000}",
        "{}\u0000",
        "[]",
        "1",
        "\"a\"",
      })
  void refusesWhatIsNoJsonObject(String text) {
    assertThatThrownBy(() -> KerasJson.object(text, "the text"))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith("the text ");
  }

  @Test
  void refusesDeepNesting() {
    String deep = "{\"a\":" + "[".repeat(100_000);

    assertThatThrownBy(() -> KerasJson.object(deep, "text"))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("100");
  }

  @Test
  void refusesNumbersThatTakeLongToConvert() {
    String text = "{\"a\":" + "9".repeat(100_000) + "}";

    assertThatThrownBy(() -> KerasJson.object(text, "text"))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("1000");
  }

  @Test
  void refusesMoreValuesThanFitTheMemory() {
    String text = "{\"a\":[" + "1,".repeat(1 << 20) + "1]}";

    assertThatThrownBy(() -> KerasJson.object(text, "text"))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("values");
  }

  @Property(tries = 3000)
  void readsOrRefusesAsJacksonDoes(@ForAll("texts") String inner) {
    String text = "{\"a\":" + inner + "}";
    JsonNode expected;
    try {
      expected = JACKSON.readTree(text);
    } catch (JsonProcessingException malformed) {
      assertThatThrownBy(() -> KerasJson.object(text, "text"))
          .isInstanceOf(MalformedFileException.class);
      return;
    }
    assertThat(KerasJson.object(text, "text")).isEqualTo(expected);
  }

  /** Pieces of JSON in a row, of which some make sense. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\"b\"",
            "\"c\":",
            "\\",
            "\\n",
            "\\u0041",
            " ",
            "1",
            "0",
            "-",
            ".",
            "e",
            "12.5",
            "true",
            "null",
            "NaN",
            "[1,2]",
            "{\"d\":0}",
            "x")
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(pieces -> String.join("", pieces));
  }

  @Test
  void writesWhatItCanRead() {
    JsonNode node =
        KerasJson.object("{\"a\": [NaN, -Infinity, 1.5, 7, \"b\\\"\\n\"], \"c\": null}", "text");

    assertThat(KerasJson.object(KerasJson.write(node), "text")).isEqualTo(node);
  }
}
