package org.conv4j.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.UnknownFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
  @TempDir private Path folder;

  @Test
  void withoutImportersNoFormatIsKnown() {
    assertThatThrownBy(() -> Models.load(new byte[] {1, 2, 3}, "three.bytes"))
        .isInstanceOf(UnknownFormatException.class)
        .hasMessageContainingAll("three.bytes", "no importer");
    assertThatThrownBy(() -> Models.load(folder)).isInstanceOf(UnknownFormatException.class);
  }

  @Test
  void aMissingFileIsNotOneOfAnUnknownFormat() {
    assertThatThrownBy(() -> Models.load(folder.resolve("absent")))
        .isInstanceOf(FileAccessException.class)
        .hasMessageContainingAll("absent", "no such file");
  }

  @Test
  void sourcesTellHowTheyBegin() throws IOException {
    Path file = Files.write(folder.resolve("file"), new byte[] {'P', 'K', 3, 4, 5});
    try (ModelSource source = ModelSource.of(file);
        ModelSource same = ModelSource.of(Files.readAllBytes(file), "file")) {
      assertThat(source.startsWith((byte) 'P', (byte) 'K')).isTrue();
      assertThat(same.startsWith((byte) 'P', (byte) 'K')).isTrue();
      assertThat(source.startsWith((byte) 'K')).isFalse();
      assertThat(source.startsWith(new byte[6])).isFalse();
      assertThat(source.isFolder()).isFalse();
      assertThat(source.path()).contains(file);
      assertThat(same.path()).isEmpty();
    }
  }

  @Test
  void foldersTellWhatIsInThem() throws IOException {
    Files.write(folder.resolve("config.json"), "{}".getBytes(StandardCharsets.UTF_8));
    try (ModelSource source = ModelSource.of(folder)) {
      assertThat(source.hasFile("config.json")).isTrue();
      assertThat(source.hasFile("model.json")).isFalse();
      assertThat(source.startsWith((byte) '{')).isFalse();
    }
  }
}
