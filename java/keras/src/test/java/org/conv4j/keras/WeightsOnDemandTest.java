package org.conv4j.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.error.MalformedFileException;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights stay in the file until a plan is compiled, and anything may happen to a file. */
class WeightsOnDemandTest {
  private static final Path MODELS = Path.of("src", "test", "resources", "models");

  @TempDir private Path folder;
  private Path file;
  private float[] expected;

  @BeforeEach
  void copyAModel() throws IOException {
    copy("ds_cnn.h5");
  }

  private void copy(String name) throws IOException {
    file = folder.resolve(name);
    Files.copy(MODELS.resolve(name), file);
    try (KerasModel model = KerasModels.load(file)) {
      expected = answer(model);
    }
  }

  private static Plan compile(KerasModel model) {
    Shape input = model.inputs().get(0).withAny(1);
    return model
        .model()
        .compile(input, DataType.FLOAT32, Engines.byName("reference"), CompileOptions.DEFAULT);
  }

  private static float[] answer(KerasModel model) {
    try (Plan plan = compile(model);
        Session session = plan.newSession();
        Tensor input = Tensor.allocate(DataType.FLOAT32, plan.inputShape());
        Tensor output = Tensor.allocate(DataType.FLOAT32, plan.outputShape())) {
      input.transform(zero -> 0.5);
      session.run(input, output);
      return output.toFloatArray();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ds_cnn.keras", "keras2_resnet.h5"})
  void everyCompilationReadsTheSameWeights(String name) throws IOException {
    copy(name);
    try (KerasModel model = KerasModels.load(file)) {
      for (int i = 0; i < 20; i++) {
        assertThat(answer(model)).isEqualTo(expected);
      }
    }
  }

  @Test
  void aDeletedFileIsStillRead() throws IOException {
    try (KerasModel model = KerasModels.load(file)) {
      Files.delete(file);
      assertThat(answer(model)).isEqualTo(expected);
    }
  }

  @Test
  void aReplacedFileIsReadAsItWas() throws IOException {
    try (KerasModel model = KerasModels.load(file)) {
      Path other = Files.writeString(folder.resolve("other"), "other");
      Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
      assertThat(answer(model)).isEqualTo(expected);
    }
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    try (KerasModel model = KerasModels.load(file)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(1000);
      }
      assertThatThrownBy(() -> compile(model))
          .isInstanceOf(MalformedFileException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void aFileWithNewContentIsRefused() throws IOException {
    try (KerasModel model = KerasModels.load(file)) {
      byte[] content = Files.readAllBytes(file);
      content[content.length / 2]++;
      Files.write(file, content);
      Files.setLastModifiedTime(file, FileTime.fromMillis(1));
      assertThatThrownBy(() -> compile(model))
          .isInstanceOf(MalformedFileException.class)
          .hasMessageContaining("was changed while it was open");
    }
  }

  @Test
  void anInterruptedThreadCompilesAndStaysInterrupted() {
    try (KerasModel model = KerasModels.load(file)) {
      Thread.currentThread().interrupt();
      float[] interrupted = answer(model);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(interrupted).isEqualTo(expected);
      assertThat(answer(model)).isEqualTo(expected);
    }
  }

  @Test
  void anInterruptedThreadDoesNotReadAnotherFile() throws IOException {
    try (KerasModel model = KerasModels.load(file)) {
      Path other = Files.writeString(folder.resolve("other"), "other");
      Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> compile(model))
          .isInstanceOf(MalformedFileException.class)
          .hasMessageContaining("was changed while it was open");
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
