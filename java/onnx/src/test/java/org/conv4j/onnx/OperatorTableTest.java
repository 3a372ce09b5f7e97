package org.conv4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.conv4j.onnx.operator.Operators;
import org.conv4j.onnx.shape.NumberOperators;
import org.junit.jupiter.api.Test;

/** The table of operators in the module's README is what the code knows. */
class OperatorTableTest {
  private static final Path README = Path.of("README.md");
  private static final String BEGIN = "<!-- supported -->\n";
  private static final String END = "<!-- end -->";

  @Test
  void isWhatTheCodeKnows() throws IOException {
    String text = Files.readString(README);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    assertThat(begin).isGreaterThan(BEGIN.length()).isLessThanOrEqualTo(end);
    if (Boolean.getBoolean("conv4j.write")) {
      Files.writeString(README, text.substring(0, begin) + table() + text.substring(end));
      return;
    }
    assertThat(text.substring(begin, end)).isEqualTo(table());
  }

  private static String table() {
    Map<String, String> rows = new TreeMap<>(Operators.versions());
    for (String name : NumberOperators.names()) {
      rows.putIfAbsent(name, "of constants and shapes");
    }
    rows.put("Constant", "1, 9, 11, 12, 13, 19, 21, 23, 24, 25");
    StringBuilder table = new StringBuilder("| operator | versions |\n|---|---|\n");
    rows.forEach(
        (name, versions) ->
            table.append("| `").append(name).append("` | ").append(versions).append(" |\n"));
    return table.toString();
  }
}
