package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.conv4j.cli.data.TensorSet;
import org.conv4j.npy.Npy;
import org.conv4j.npy.Npz;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.stream.WaveNetContract;
import org.conv4j.wav.SampleFormat;
import org.conv4j.wav.Wav;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamCommandTest {
  private static final int FRAMES = 4800;

  @TempDir private Path folder;

  private Path model;
  private float[] input;
  private float[] reset;
  private float[] warm;

  @BeforeEach
  void copyTheModel() throws IOException {
    model = folder.resolve("wavenet.keras");
    Files.write(model, resource("wavenet_a1_standard.keras"));
    Map<String, Tensor> arrays = Npz.read(resource("wavenet_a1_standard.npz"), "arrays");
    try (TensorSet set = new TensorSet(arrays)) {
      input = Arrays.copyOf(set.tensors().get("input").toFloatArray(), FRAMES);
      reset = Arrays.copyOf(set.tensors().get("reset").toFloatArray(), FRAMES);
      warm = Arrays.copyOf(set.tensors().get("warm").toFloatArray(), FRAMES);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream = WaveNetContract.class.getResourceAsStream(name)) {
      return stream.readAllBytes();
    }
  }

  private Path array() {
    Path file = folder.resolve("in.npy");
    try (Tensor tensor = Tensor.of(Shape.of(1, FRAMES, 1), input)) {
      Npy.write(file, tensor);
    }
    return file;
  }

  private static void assertClose(float[] actual, float[] expected, double bound) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).as("frame %d", i).isCloseTo(expected[i], within(bound));
    }
  }

  @Test
  void streamsAnArray() {
    Path result = folder.resolve("out.npy");
    JsonNode fields =
        CommandResult.of(
                "stream", model, "--input", array(), "--chunk", 480, "--output", result, "--json")
            .json();
    try (Tensor tensor = Npy.read(result)) {
      assertThat(tensor.shape()).isEqualTo(Shape.of(1, FRAMES, 1));
      assertClose(tensor.toFloatArray(), reset, 2e-6);
    }
    assertThat(fields.path("latency_frames").asInt(-1)).isZero();
    assertThat(fields.path("receptive_field_frames").asInt()).isEqualTo(4093);
    assertThat(fields.path("state_bytes").asInt()).isEqualTo(196_416);
    assertThat(fields.path("returned").asInt()).isEqualTo(FRAMES);
    assertThat(fields.path("real_time_factor").asDouble()).isPositive();
    assertThat(fields.path("microseconds").path("p99.9").asDouble()).isPositive();
  }

  @Test
  void streamsASoundBehindSilence() {
    Path sound = folder.resolve("in.wav");
    new Wav(48_000, 1, SampleFormat.INT24, input).write(sound);
    Path result = folder.resolve("out.wav");
    CommandResult command =
        CommandResult.of("stream", model, "--input", sound, "--output", result, "--warm-up");
    command.assertSucceeded();
    assertThat(command.out()).anyMatch(line -> line.endsWith("times real time"));
    Wav wav = Wav.read(result);
    assertThat(wav.format()).isEqualTo(SampleFormat.INT24);
    assertThat(wav.sampleRate()).isEqualTo(48_000);
    assertClose(wav.samples(), warm, 3e-6);
  }

  @Test
  void badInputIsRefusedInOneLine() {
    Path stereo = folder.resolve("stereo.wav");
    new Wav(48_000, 2, SampleFormat.INT16, new float[100]).write(stereo);
    CommandResult.of("stream", model, "--input", stereo).assertRefused("2 channels");
    CommandResult.of("stream", model, "--input", array(), "--chunk", 0).assertRefused("maxFrames");
    CommandResult.of("stream", SmallModels.path("vgg16.keras"), "--input", array())
        .assertRefused("cannot be streamed");
  }

  @Test
  void refusesOutputsThatAreNoSignals() {
    CommandResult.of("stream", model, "--input", "x.npy", "--chunk", 64, "--output", "y.png")
        .assertRefused("--output", "y.png", ".wav");
  }
}
