package org.conv4j.testkit.goldens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Set;
import org.conv4j.error.Conv4jException;
import org.conv4j.keras.KerasLayer;
import org.conv4j.keras.KerasLayers;
import org.conv4j.layer.Layer;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.layer.convolution.Conv1DTranspose;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.testkit.goldens.Goldens.Golden;
import org.conv4j.testkit.goldens.Goldens.Rejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Keras says about layers before it runs them. */
class KerasGoldensTest {
  /** Keras 2 had these; they still occur in its files. */
  private static final Set<String> ACCEPTED_AS_KERAS_2_DID =
      Set.of("depthwiseconv1d-causal", "separableconv1d-causal");

  static List<Rejected> rejected() {
    return Goldens.rejected();
  }

  @ParameterizedTest
  @MethodSource
  void rejected(Rejected rejected) {
    Throwable thrown =
        catchThrowable(
            () -> {
              KerasLayer keras = KerasLayers.parse(rejected.json(), "rejected");
              Layer layer = keras.layer();
              layer.outputShape(List.of(rejected.input()));
              // A layer with weights for other channels is refused when the weights are checked.
              assertThat(layer.weights(List.of(rejected.input())))
                  .isEqualTo(layer.weights(List.of(rejected.builtFor())));
            });
    if (ACCEPTED_AS_KERAS_2_DID.contains(rejected.id())) {
      assertThat(thrown).isNull();
    } else if (rejected.input().equals(rejected.builtFor())) {
      assertThat(thrown).isInstanceOf(Conv4jException.class);
      assertThat(thrown.getMessage()).contains("ayer");
    } else {
      assertThat(thrown).isNotNull();
    }
  }

  @Test
  void outputLengthsAreThoseOfKeras() {
    List<List<Object>> rows = Goldens.arithmetic();
    assertThat(rows).hasSizeGreaterThan(2000);
    for (List<Object> row : rows) {
      Shape input = Shape.of(1, number(row.get(1)), 1);
      assertThat(layer(row).outputShape(List.of(input)).dim(1))
          .as("kind, n, k, s, d, padding, output padding: %s", row)
          .isEqualTo(number(row.get(7)));
    }
  }

  @Test
  void thereAreHundredsOfCasesForAllLayers() {
    int count = 0;
    for (String layerClass : Goldens.CLASSES) {
      List<Golden> goldens = Goldens.of(layerClass);
      assertThat(goldens).as(layerClass).hasSizeGreaterThan(15);
      assertThat(goldens).extracting(Golden::id).doesNotHaveDuplicates();
      count += goldens.size();
    }
    assertThat(count).isGreaterThanOrEqualTo(400);
  }

  private static Layer layer(List<Object> row) {
    Padding padding = Padding.valueOf(row.get(5).toString().toUpperCase(java.util.Locale.ROOT));
    int kernel = number(row.get(2));
    int stride = number(row.get(3));
    int dilation = number(row.get(4));
    if (row.get(0).equals("conv")) {
      return Conv1D.of(1, kernel).strides(stride).dilationRate(dilation).padding(padding);
    }
    Conv1DTranspose transposed =
        Conv1DTranspose.of(1, kernel).strides(stride).dilationRate(dilation).padding(padding);
    return row.get(6) == null ? transposed : transposed.outputPadding(number(row.get(6)));
  }

  private static int number(Object value) {
    return (Integer) value;
  }
}
