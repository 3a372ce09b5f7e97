package org.conv4j.nam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.conv4j.engine.Engines;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.error.UnknownFormatException;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.Models;
import org.conv4j.npy.Npz;
import org.conv4j.stream.Stream;
import org.conv4j.stream.StreamOptions;
import org.conv4j.stream.StreamPlan;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases are those of {@code src/test/python/nam_cases.py}. */
class NamReaderTest {
  private static byte[] bytes(String name) {
    try (InputStream stream = NamReaderTest.class.getResourceAsStream(name)) {
      return stream.readAllBytes();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private static String text(String name) {
    return new String(bytes(name + ".nam"), StandardCharsets.UTF_8);
  }

  private static float[] array(String name) {
    Map<String, Tensor> all = Npz.read(bytes("expected.npz"), "expected.npz");
    float[] found = all.get(name).toFloatArray();
    all.values().forEach(Tensor::close);
    return found;
  }

  private static void assertStreams(LoadedModel loaded, float[] expected) {
    float[] signal = array("signal");
    float[] output = new float[signal.length];
    try (StreamPlan plan =
            StreamPlan.compile(
                loaded.model(),
                StreamOptions.of(7),
                DataType.FLOAT32,
                Engines.best(DataType.FLOAT32));
        Stream stream = plan.newStream()) {
      for (int done = 0; done < signal.length; ) {
        int next = Math.min(1 + done % 7, signal.length - done);
        assertThat(stream.process(signal, done, next, output, done)).isEqualTo(next);
        done += next;
      }
    }
    for (int i = 0; i < output.length; i++) {
      assertThat(output[i]).as("frame %d", i).isCloseTo(expected[i], within(1e-6f));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "two_arrays",
        "gated",
        "tanh",
        "hardtanh",
        "relu",
        "leakyrelu",
        "sigmoid",
        "silu",
        "hardswish"
      })
  void aNetworkAnswersAsItsDefinitionSays(String name) {
    try (LoadedModel loaded = Models.load(bytes(name + ".nam"), name)) {
      assertStreams(loaded, array(name));
    }
  }

  @Test
  void ofAContainerTheLargestIsTaken() {
    try (LoadedModel loaded = Models.load(bytes("container.nam"), "container")) {
      assertStreams(loaded, array("large"));
      assertThat(loaded.metadata()).containsEntry("sample_rate", "48000");
    }
  }

  @Test
  void tellsWhatTheFileSays() {
    try (LoadedModel loaded = Models.load(bytes("two_arrays.nam"), "two_arrays")) {
      assertThat(loaded.name()).isEqualTo("drawn at random");
      assertThat(loaded.writer()).contains("Neural Amp Modeler 0.5.4");
      assertThat(loaded.metadata())
          .containsEntry("gear_type", "amp")
          .containsEntry("loudness", "-18.5");
      assertThat(loaded.inputNames()).containsExactly("input");
      assertThat(loaded.outputNames()).containsExactly("output");
      assertThat(loaded.layers().get(0).output()).containsExactly(-1L, -1L, 1L);
      // Rechannel, three or two layers, the head, and its scale once.
      long first = 6 + 3 * (6 * 6 * 3 + 6 + 6 + 6 * 6 + 6) + 3 * 6;
      long second = 3 * 6 + 2 * (3 * 3 * 2 + 3 + 3 + 3 * 3 + 3) + 3 + 1;
      assertThat(loaded.parameters().total()).isEqualTo(first + second + 1);
    }
  }

  private static void assertRefused(String json, String message) {
    assertThatThrownBy(() -> Models.load(json.getBytes(StandardCharsets.UTF_8), "bad.nam").close())
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith("bad.nam")
        .hasMessageContaining(message);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    String json = text("two_arrays");
    assertRefused(json.replace("\"Tanh\"", "\"Softmax\""), "'Softmax'");
    assertRefused(json.replace("\"kernel_size\": 3", "\"kernel_size\": 4"), "weights");
    assertRefused(json.replace("\"kernel_size\": 3", "\"kernel_size\": 1"), "weights");
    assertRefused(json.replace("\"kernel_size\": 3", "\"kernel_size\": 0"), "'kernel_size'");
    assertRefused(json.replace("\"kernel_size\": 3", "\"kernel_size\": 1048576"), "more weights");
    assertRefused(json.replace("\"channels\": 6", "\"channels\": 1e9"), "'channels'");
    assertRefused(json.replace("\"channels\": 6", "\"channels\": 5"), "'input_size' should be 5");
    assertRefused(json.replace("\"head_size\": 3", "\"head_size\": 2"), "'head_size' should be 3");
    assertRefused(json.replace("\"dilations\": [1, 2, 8]", "\"dilations\": []"), "'dilations'");
    assertRefused(json.replace("\"dilations\": [1, 2, 8]", "\"dilations\": 3"), "a list");
    assertRefused(json.replace("\"gated\": false", "\"gated\": \"no\""), "'gated'");
    assertRefused(json.replace("\"gated\"", "\"film\": {\"active\": true}, \"gated\""), "'film'");
    assertRefused(json.replace("\"weights\": [", "\"weights\": [null, "), "weight 0");
    assertRefused(json.replace("\"head\": null", "\"head\": {}"), "'head'");
    assertRefused(json.replace("\"weights\"", "\"other\""), "'weights' is missing");
    assertRefused(text("container").replace("submodels", "others"), "'submodels'");
  }

  @Test
  void otherArchitecturesAreRefusedByName() {
    String json = text("tanh").replace("\"WaveNet\"", "\"LSTM\"");
    assertThatThrownBy(() -> Models.load(json.getBytes(StandardCharsets.UTF_8), "lstm.nam").close())
        .isInstanceOf(UnknownFormatException.class)
        .hasMessageContaining("'LSTM'");
  }

  @Test
  void aFileThatIsCutAnywhereIsRefused() {
    byte[] whole = bytes("relu.nam");
    for (int length = 1; length < whole.length; length += 1 + length / 4) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Models.load(cut, "cut.nam").close())
          .isInstanceOf(Conv4jException.class);
    }
  }
}
