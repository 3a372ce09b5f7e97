package org.conv4j.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;
import org.conv4j.keras.layer.ActivationReader;
import org.conv4j.keras.layer.LayerReader;
import org.conv4j.keras.operation.Operations;
import org.conv4j.keras.operation.TensorFlowOperations;
import org.junit.jupiter.api.Test;

/** The list of layers and operations in the module's README is what the readers know. */
class SupportedListTest {
  private static final Path README = Path.of("README.md");
  private static final String BEGIN = "<!-- supported -->\n";
  private static final String END = "<!-- end -->";

  @Test
  void isWhatTheReadersKnow() throws IOException {
    String text = Files.readString(README);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    assertThat(begin).isGreaterThan(BEGIN.length()).isLessThanOrEqualTo(end);
    if (Boolean.getBoolean("conv4j.write")) {
      Files.writeString(README, text.substring(0, begin) + list() + text.substring(end));
      return;
    }
    assertThat(text.substring(begin, end)).isEqualTo(list());
  }

  private static String list() {
    return """
        | kind | names |
        |---|---|
        | layers | %s |
        | activations | %s |
        | operations of Keras 3 | %s |
        | functions of TensorFlow in Keras 2 | %s |
        """
        .formatted(
            names(LayerReader.names()),
            names(ActivationReader.names()),
            names(Operations.names()),
            names(TensorFlowOperations.names()));
  }

  private static String names(Collection<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }
}
