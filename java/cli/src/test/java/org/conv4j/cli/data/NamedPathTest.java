package org.conv4j.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.conv4j.error.ShapeMismatchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedPathTest {
  @TempDir private Path folder;

  @Test
  void aKnownNameIsAName() {
    assertThat(parse("a=x=1.npy", "a")).isEqualTo(named("a", "x=1.npy"));
    assertThat(parse("x.npy", "a"))
        .isEqualTo(new NamedPath(Optional.empty(), Path.of("x.npy"), false));
  }

  @Test
  void namesMayHoldEqualsSigns() {
    assertThat(parse("a=b=x.npy", "a", "a=b")).isEqualTo(named("a=b", "x.npy"));
  }

  @Test
  void anUnknownNameIsNoPartOfAFilesName() {
    assertThatThrownBy(() -> parse("c=x.npy", "a", "b"))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessage("The model has the inputs a, b; given 'c'.");
  }

  @Test
  void pathsMayHoldEqualsSigns() throws IOException {
    Path file = Files.createFile(folder.resolve("c=x.npy"));
    assertThat(parse(file.toString(), "a").path()).isEqualTo(file);
    assertThat(parse("./c=x.npy", "a").name()).isEmpty();
  }

  private static NamedPath named(String name, String path) {
    return new NamedPath(Optional.of(name), Path.of(path), false);
  }

  private static NamedPath parse(String argument, String... known) {
    return NamedPath.parse(argument, List.of(known), "input");
  }
}
