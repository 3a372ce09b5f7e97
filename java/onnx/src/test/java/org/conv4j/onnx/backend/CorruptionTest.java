package org.conv4j.onnx.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.conv4j.error.Conv4jException;
import org.conv4j.limit.Limits;
import org.conv4j.onnx.OnnxModel;
import org.conv4j.onnx.OnnxModels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files end in one of conv4j's exceptions, or are read as if nothing had happened. */
@Timeout(120)
class CorruptionTest {
  private static final int DAMAGES = 3;

  @TempDir Path folder;
  private final List<byte[]> models = new ArrayList<>();

  @BeforeEach
  void unpack() throws IOException {
    Path sample = folder.resolve("sample.zip");
    try (InputStream content = CorruptionTest.class.getResourceAsStream("sample.zip")) {
      Files.copy(content, sample);
    }
    for (BackendCase test : BackendArchive.cases(sample)) {
      models.add(test.files().get("model.onnx"));
    }
    assertThat(models).hasSizeGreaterThan(100);
  }

  @Test
  void truncatedFilesAreReadOrRefused() {
    for (byte[] model : models) {
      for (int i = 1; i < DAMAGES; i++) {
        open(Arrays.copyOf(model, model.length * i / DAMAGES));
      }
    }
  }

  @Test
  void flippedBytesAreReadOrRefused() {
    Random random = new Random(1);
    for (byte[] model : models) {
      for (int i = 0; i < DAMAGES; i++) {
        byte[] damaged = model.clone();
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
        }
        open(damaged);
      }
    }
  }

  @Test
  void movedBytesAreReadOrRefused() {
    Random random = new Random(2);
    for (byte[] model : models) {
      for (int i = 0; i < DAMAGES; i++) {
        byte[] damaged = model.clone();
        int length = 1 + random.nextInt(Math.min(32, model.length / 2));
        System.arraycopy(
            model,
            random.nextInt(model.length - length),
            damaged,
            random.nextInt(model.length - length),
            length);
        open(damaged);
      }
    }
  }

  /**
   * Loads a model and asks for its layers, which lowers each of them; nothing else may be thrown.
   */
  private static void open(byte[] content) {
    try (OnnxModel loaded = OnnxModels.load(content, "damaged.onnx", Limits.DEFAULT)) {
      assertThat(loaded.layers()).isNotEmpty();
    } catch (Conv4jException refused) {
      assertThat(refused).hasMessageMatching("(?s).+\\.");
    }
  }
}
