package org.conv4j.onednn.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryFileTest {
  private static final String NAME = "library";

  private final byte[] content = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
  private final List<Path> made = new ArrayList<>();
  @TempDir private Path folder;

  @AfterEach
  void removesWhatItMade() throws IOException {
    for (Path path : made) {
      Files.deleteIfExists(path);
      Files.deleteIfExists(path.getParent());
    }
  }

  @Test
  void holdsTheContentOfTheResource() throws IOException {
    assertThat(file(resource(content)).path()).hasBinaryContent(content);
  }

  @Test
  void hasCopiesInPlacesOfTheirOwn() throws IOException {
    LibraryFile file = file(resource(content));
    for (int i = 1; i < 3; i++) {
      Path copy = file.copy(i);
      made.add(0, copy);
      assertThat(copy).hasFileName(NAME).hasBinaryContent(content).isEqualTo(file.copy(i));
      assertThat(copy.getParent().getParent()).isEqualTo(file.path().getParent());
    }
    assertThat(file.copy(0)).isEqualTo(file.path());
  }

  @Test
  void isTheSameForTheSameContentInAJar() throws IOException {
    assertThat(file(inJar(content)).path()).isEqualTo(file(resource(content)).path());
    assertThat(file(inJar(content)).path()).hasBinaryContent(content);
  }

  @Test
  void isWrittenOnce() throws IOException {
    Path path = file(resource(content)).path();
    Object before = Files.readAttributes(path, "lastModifiedTime,fileKey");

    file(resource(content));

    assertThat(Files.readAttributes(path, "lastModifiedTime,fileKey")).isEqualTo(before);
    assertThat(path.getParent()).isDirectoryContaining("glob:**" + NAME);
    try (var files = Files.list(path.getParent())) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void differsForOtherContentOfTheSameSize() throws IOException {
    byte[] other = content.clone();
    other[0] ^= 1;

    assertThat(file(resource(other)).path()).isNotEqualTo(file(resource(content)).path());
  }

  @Test
  void isWrittenAnewIfItIsIncomplete() throws IOException {
    Path path = file(resource(content)).path();
    Files.write(path, new byte[1]);

    file(inJar(content));

    assertThat(path).hasBinaryContent(content);
  }

  private LibraryFile file(URL resource) throws IOException {
    LibraryFile file = LibraryFile.of(resource, NAME);
    made.add(file.copy(0));
    return file;
  }

  private URL resource(byte[] bytes) throws IOException {
    return Files.write(Files.createTempFile(folder, "resource", null), bytes).toUri().toURL();
  }

  private URL inJar(byte[] bytes) throws IOException {
    Path jar = Files.createTempFile(folder, "resource", ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("native/library"));
      zip.write(bytes);
      zip.closeEntry();
    }
    return new URL("jar:" + jar.toUri() + "!/native/library");
  }
}
