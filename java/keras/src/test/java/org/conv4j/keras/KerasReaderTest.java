package org.conv4j.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.conv4j.error.LimitExceededException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.error.UnknownFormatException;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.Models;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.KerasJson;
import org.conv4j.limit.Limit;
import org.conv4j.limit.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keras's models through the seam that is every importer's. */
class KerasReaderTest {
  private static final Path FOLDER = Path.of("src/test/resources/models");

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("files")
  void everyFormatIsFound(String file) {
    Path path = FOLDER.resolve(file);
    try (KerasModel direct = KerasModels.load(path);
        LoadedModel found = Models.load(path)) {
      assertThat(found.name()).isEqualTo(direct.name());
      assertThat(found.format()).isEqualTo(direct.format());
      assertThat(found.inputNames()).hasSameSizeAs(found.model().inputs()).doesNotHaveDuplicates();
      assertThat(found.outputNames()).isEqualTo(direct.model().outputNames());
      assertThat(found.layers()).isEqualTo(direct.layers());
      assertThat(found.parameters()).isEqualTo(direct.parameters());
      assertThat(found.writer().orElseThrow()).matches("(Keras|TensorFlow\\.js) [\\d.a-z-]+");
      direct
          .kerasVersion()
          .ifPresent(
              version -> assertThat(found.metadata()).containsEntry("keras_version", version));
    }
  }

  static List<String> files() throws IOException {
    JsonNode models =
        KerasJson.object(Files.readString(FOLDER.resolve("index.json")), "index.json")
            .path("models");
    List<String> files = new ArrayList<>();
    models.forEach(model -> model.path("files").forEach(file -> files.add(file.asText())));
    return files;
  }

  @Test
  void bytesAreFoundToo() throws IOException {
    String file =
        files().stream().filter(name -> name.endsWith(".keras")).findFirst().orElseThrow();
    byte[] content = Files.readAllBytes(FOLDER.resolve(file));

    try (LoadedModel model = Models.load(content, file)) {
      assertThat(model.format()).isEqualTo("KERAS_ARCHIVE");
    }
    byte[] damaged = Arrays.copyOf(content, content.length / 2);
    assertThatThrownBy(() -> Models.load(damaged, file)).isInstanceOf(MalformedFileException.class);
  }

  @Test
  void limitsCount() throws IOException {
    Path path = FOLDER.resolve(files().get(0));

    assertThatThrownBy(() -> Models.load(path, Limits.DEFAULT.with(Limit.NODES, 1)))
        .isInstanceOf(LimitExceededException.class);
  }

  @Test
  void otherFilesAreLeftToOthers() throws IOException {
    Path zip = folder.resolve("other.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("data.pkl"));
    }
    Path text = Files.writeString(folder.resolve("notes.txt"), "no model");
    Path empty = Files.createFile(folder.resolve("empty.keras"));

    for (Path path : List.of(zip, text, empty, folder)) {
      assertThatThrownBy(() -> Models.load(path))
          .isInstanceOf(UnknownFormatException.class)
          .hasMessageContainingAll(path.toString(), "Keras", ".keras", ".h5", "TensorFlow.js");
    }
  }
}
