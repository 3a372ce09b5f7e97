package org.conv4j.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.conv4j.error.FileAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePathsTest {
  @TempDir private Path folder;

  @Test
  void listsTheImagesOfAFolderByName() throws IOException {
    for (String name : new String[] {"b.JPG", "a.png", "c.jpeg", "notes.txt"}) {
      Files.createFile(folder.resolve(name));
    }
    Files.createDirectory(folder.resolve("d.png"));
    assertThat(ImagePaths.list(folder))
        .containsExactly(
            folder.resolve("a.png"), folder.resolve("b.JPG"), folder.resolve("c.jpeg"));
    assertThatThrownBy(() -> ImagePaths.list(folder.resolve("d.png")))
        .isInstanceOf(FileAccessException.class)
        .hasMessageContaining("no PNG or JPEG");
  }
}
