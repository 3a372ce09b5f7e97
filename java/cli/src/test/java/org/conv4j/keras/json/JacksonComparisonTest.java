package org.conv4j.keras.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.conv4j.error.MalformedFileException;

/** Our reader of JSON takes and refuses what Jackson does, and understands the same. */
class JacksonComparisonTest {
  private static final JsonMapper JACKSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** What random documents consist of: all that JSON has, and a little that it has not. */
  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    " ",
    "\n",
    "\t",
    "\r",
    "\u00a0",
    "null",
    "true",
    "false",
    "NaN",
    "Infinity",
    "-Infinity",
    "nul",
    "0",
    "1",
    "-7",
    "01",
    "-",
    "-0",
    "12345678901",
    "1.5",
    "1.",
    ".5",
    "1e3",
    "1E-3",
    "1e",
    "2e+400",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "123456789012345678901234567890",
    "\"\"",
    "\"a\"",
    "\"b\"",
    "\"c\":",
    "\"a\":",
    "\"b\": ",
    "\"",
    "\\",
    "\"\\n\\t\\\"\\\\\\/\\b\\f\\r\"",
    "\"\\u00e4\\uD83D\\uDE00\"",
    "\"\\ud800\"",
    "\"\\u12g4\"",
    "\"\\x\"",
    "\"\u0001\"",
    "\"\u00e9\u4e2d\"",
    "'a'",
    "/**/",
    "#"
  };

  @Property(tries = 20_000, shrinking = ShrinkingMode.BOUNDED)
  void randomPieces(@ForAll long seed) {
    var random = new Random(seed);
    StringBuilder json = new StringBuilder("{\"x\":");
    for (int i = random.nextInt(8); i >= 0; i--) {
      json.append(PIECES[random.nextInt(PIECES.length)]);
    }
    assertSame(json.append("}").toString());
  }

  @Property(tries = 5_000, shrinking = ShrinkingMode.BOUNDED)
  void randomDocuments(@ForAll long seed) {
    var random = new Random(seed);
    String json = "{\"x\": " + value(random, 0) + "}";
    assertThat(KerasJson.object(json, "test").size()).isOne();
    assertSame(json);
    int cut = random.nextInt(json.length());
    assertSame(
        json.substring(0, cut) + PIECES[random.nextInt(PIECES.length)] + json.substring(cut));
    assertSame(json.substring(0, cut));
  }

  private static String value(Random random, int depth) {
    int kind = random.nextInt(depth > 4 ? 4 : 6);
    StringBuilder json = new StringBuilder();
    switch (kind) {
      case 0 -> json.append(random.nextLong() >> random.nextInt(64));
      case 1 -> json.append(Double.longBitsToDouble(random.nextLong()));
      case 2 -> json.append('"').append("\u00e4\\u00e4z\\n\u4e2d", 0, 7).append('"');
      case 3 -> json.append(random.nextBoolean());
      default -> {
        json.append(kind == 4 ? "[" : "{");
        for (int i = random.nextInt(4); i >= 0; i--) {
          json.append(kind == 4 ? " " : "\"k" + i + "\" :").append(value(random, depth + 1));
          json.append(i > 0 ? "," : "\n");
        }
        json.append(kind == 4 ? "]" : "}");
      }
    }
    return json.toString();
  }

  private static void assertSame(String json) {
    String expected;
    try {
      var tree = JACKSON.readTree(json);
      expected = tree.isObject() ? JACKSON.writeValueAsString(tree) : null;
    } catch (JsonProcessingException refused) {
      expected = null;
    }
    if (expected == null) {
      assertThatThrownBy(() -> KerasJson.object(json, "test"))
          .as(json)
          .isInstanceOf(MalformedFileException.class);
    } else {
      String written = KerasJson.write(KerasJson.object(json, "test"));
      assertThat(written).as(json).isEqualTo(expected);
      assertThat(KerasJson.object(written, "test"))
          .as(json)
          .isEqualTo(KerasJson.object(json, "test"));
    }
  }
}
