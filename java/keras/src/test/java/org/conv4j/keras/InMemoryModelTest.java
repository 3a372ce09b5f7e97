package org.conv4j.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.conv4j.error.MalformedFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InMemoryModelTest {
  private static final Path FOLDER = Path.of("src/test/resources/models");

  @ParameterizedTest
  @ValueSource(strings = {"ds_cnn.keras", "ds_cnn.h5", "keras2_resnet.h5"})
  void isTheModelOfTheFile(String name) throws IOException {
    Path path = FOLDER.resolve(name);
    try (KerasModel file = KerasModels.load(path);
        KerasModel memory = KerasModels.load(Files.readAllBytes(path), "a resource")) {
      assertThat(memory.format()).isEqualTo(file.format());
      assertThat(memory.layers()).isEqualTo(file.layers());
      assertThat(memory.parameters()).isEqualTo(file.parameters());
      assertThat(memory.model().outputNames()).isEqualTo(file.model().outputNames());
    }
  }

  @Test
  void refusesWhatIsNoModelUnderTheNameThatItIsGiven() throws IOException {
    byte[] content = Files.readAllBytes(FOLDER.resolve("ds_cnn.keras"));
    byte[] json = Files.readAllBytes(FOLDER.resolve("tfjs_float32/model.json"));
    byte[][] wrong = {{}, {1, 2, 3}, json, Arrays.copyOf(content, content.length / 2)};
    for (byte[] bytes : wrong) {
      assertThatThrownBy(() -> KerasModels.load(bytes, "a resource"))
          .isInstanceOf(MalformedFileException.class)
          .hasMessageContaining("a resource");
    }
  }
}
