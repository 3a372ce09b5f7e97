package org.conv4j.keras.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.conv4j.error.MalformedFileException;
import org.junit.jupiter.api.Test;

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
}
