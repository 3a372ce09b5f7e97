package org.conv4j.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.conv4j.keras.ConfigTexts.functional;
import static org.conv4j.keras.ConfigTexts.input;
import static org.conv4j.keras.ConfigTexts.layer;
import static org.conv4j.keras.ConfigTexts.operation;
import static org.conv4j.keras.ConfigTexts.tensor;

import org.conv4j.error.InvalidLayerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keras leaves inputs of whole numbers as they are, until a layer computes in floats. */
class WholeNumbersTest {
  private static final String RESIZING = "'height': 5, 'width': 3, 'interpolation': '%s'";
  private static final String TWICE = tensor("a") + ", " + tensor("a");

  private static String model(String type, String... layers) {
    String[] all = new String[layers.length + 1];
    all[0] =
        input("x", "[null, 8, 6, 4]")
            .replace("'name': 'x',", "'name': 'x', 'dtype': '" + type + "',");
    System.arraycopy(layers, 0, all, 1, layers.length);
    return functional("m", "['x', 0, 0]", "['last', 0, 0]", all);
  }

  private static void assertReads(String... layers) {
    assertThat(ConfigTexts.read(model("uint8", layers)).nodes()).hasSize(layers.length);
  }

  private static void assertRefuses(String name, String... layers) {
    assertThat(ConfigTexts.read(model("float32", layers)).nodes()).hasSize(layers.length);
    assertThatThrownBy(() -> ConfigTexts.read(model("uint8", layers)))
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageContaining("'" + name + "'")
        .hasMessageContaining("whole numbers");
  }

  private static String flip(String name, String from) {
    return layer("Permute", name, "'dims': [1, 2, 3]", tensor(from));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Add", "Subtract", "Multiply", "Average"})
  void sumsAndProductsThatMayWrapAreRefused(String merge) {
    String both = "[%s, %s]".formatted(tensor("a"), tensor("a"));
    assertRefuses("last", flip("a", "x"), layer(merge, "last", "", both));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bilinear", "bicubic"})
  void interpolationsThatRoundAreRefused(String kind) {
    assertRefuses("last", layer("Resizing", "last", RESIZING.formatted(kind), tensor("x")));
    assertRefuses(
        "last",
        layer("UpSampling2D", "last", "'interpolation': '%s'".formatted(kind), tensor("x")));
  }

  @Test
  void copiesAndExtremesStayWholeNumbers() {
    String[] copies = {
      layer("Resizing", "a", RESIZING.formatted("nearest"), tensor("x")),
      layer("MaxPooling2D", "b", "'pool_size': 2", tensor("a")),
      flip("c", "b"),
      layer("Concatenate", "d", "", "[%s, %s]".formatted(tensor("c"), tensor("c")))
    };
    assertReads(copies[0], copies[1], copies[2], layer("ReLU", "last", "", tensor("c")));
    assertRefuses(
        "last",
        copies[0],
        copies[1],
        copies[2],
        copies[3],
        layer("Resizing", "last", RESIZING.formatted("bilinear"), tensor("d")));
  }

  @Test
  void layersThatCastMakeFloats() {
    for (String cast :
        new String[] {
          layer("Rescaling", "a", "'scale': 0.5", tensor("x")),
          layer("CenterCrop", "a", "'height': 4, 'width': 4", tensor("x")),
          operation("TrueDivide", "a", "", tensor("x") + ", 255"),
          operation("Multiply", "a", "", tensor("x") + ", 0.5")
        }) {
      assertReads(cast, layer("Resizing", "last", RESIZING.formatted("bilinear"), tensor("a")));
    }
  }

  @Test
  void oneFloatAmongTheInputsMakesFloats() {
    String both = "[%s, %s]".formatted(tensor("a"), tensor("x"));
    assertReads(
        layer("Rescaling", "a", "'scale': 0.5", tensor("x")), layer("Add", "last", "", both));
  }

  @Test
  void arithmeticOfWholeNumbersIsRefused() {
    assertRefuses("last", flip("a", "x"), operation("Add", "last", "", TWICE));
    assertRefuses("last", operation("Multiply", "last", "", tensor("x") + ", 2"));
    assertRefuses("last", operation("Square", "last", "", tensor("x")));
  }
}
