package org.conv4j.onednn.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.conv4j.error.EngineUnavailableException;
import org.junit.jupiter.api.Test;

class NativeLibraryTest {
  @Test
  void saysWhyItCannotBeUsedOrCanBeUsed() {
    if (NativeLibrary.isAvailable()) {
      assertThat(NativeLibrary.unavailabilityCause()).isNull();
      assertThatCode(NativeLibrary::ensureAvailability).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(NativeLibrary::ensureAvailability)
          .isInstanceOf(EngineUnavailableException.class)
          .hasCause(NativeLibrary.unavailabilityCause());
    }
  }

  @Test
  void isLoadedWhereverTheBuildMadeItUnlessDisabled() {
    boolean built = NativeLibrary.class.getResource("native") != null;
    boolean disabled = Boolean.getBoolean(NativeLibrary.DISABLED);

    assertThat(NativeLibrary.isAvailable()).isEqualTo(built && !disabled);
  }

  @Test
  void bringsNoOpenMpRuntimeOfItsOwn() throws IOException {
    Path maps = Path.of("/proc/self/maps");
    assumeTrue(Files.exists(maps) && NativeLibrary.isAvailable(), "needs Linux and the library");

    NativeThreads.get();
    try (Stream<String> lines = Files.lines(maps)) {
      Set<String> runtimes =
          lines
              .map(line -> line.substring(line.lastIndexOf(' ') + 1))
              .filter(file -> file.contains("libgomp"))
              .collect(Collectors.toSet());
      assertThat(runtimes).hasSize(1);
    }
  }
}
