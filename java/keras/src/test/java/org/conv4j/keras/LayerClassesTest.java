package org.conv4j.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.conv4j.error.Conv4jException;
import org.conv4j.keras.layer.LayerReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayerClassesTest {
  static List<String> names() {
    return List.copyOf(LayerReader.names());
  }

  @Test
  void areManyAndListedByName() {
    assertThat(names()).hasSizeGreaterThan(100).contains("Conv2D", "MaxPool2D").isSorted();
  }

  @ParameterizedTest
  @MethodSource("names")
  void haveReadersThatMakeALayerOrSayWhatIsMissing(String className) {
    Throwable failure = catchThrowable(() -> parse(className));

    if (failure != null) {
      assertThat(failure).isInstanceOf(Conv4jException.class);
    }
  }

  @Test
  void includeOldNamesOfNewerOnes() {
    assertThat(parse("MaxPool2D")).isEqualTo(parse("MaxPooling2D"));
  }

  private static KerasLayer parse(String className) {
    return KerasLayers.parse(
        "{\"class_name\": \"" + className + "\", \"config\": {}}", "layer.json");
  }
}
