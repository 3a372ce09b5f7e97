package org.conv4j.team;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemLoadTest {
  @TempDir Path directory;
  private Path load;
  private Path online;

  @BeforeEach
  void nameFiles() throws IOException {
    load = directory.resolve("loadavg");
    online = Files.writeString(directory.resolve("online"), "0-1\n");
  }

  private boolean hasFree(String line) throws IOException {
    Files.writeString(load, line);
    return new SystemLoad(load, online, 2).hasFreeProcessor();
  }

  @Test
  void countsThreadsThatWantAProcessor() throws IOException {
    assertThat(hasFree("3.10 1.28 0.36 1/234 5678\n")).isTrue();
    assertThat(hasFree("0.00 0.28 0.36 2/234 5678\n")).isFalse();
    assertThat(hasFree("0.00 0.28 0.36 12/234 5678\n")).isFalse();
  }

  @Test
  void looksAgainEachTime() throws IOException {
    Files.writeString(load, "0.00 0.28 0.36 1/234 5678\n");
    SystemLoad system = new SystemLoad(load, online, 2);
    assertThat(system.hasFreeProcessor()).isTrue();
    Files.writeString(load, "0.00 0.28 0.36 9/234 5678\n");
    assertThat(system.hasFreeProcessor()).isFalse();
    Files.writeString(load, "0.00 0.28 0.36 1/234 5678\n");
    Thread.currentThread().interrupt();
    assertThat(system.hasFreeProcessor()).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "0.00", "0.00 0.28 0.36", "0.00 0.28 0.36 ", "a b c d"})
  void knowsNothingFromOtherLines(String line) throws IOException {
    assertThat(hasFree(line)).isFalse();
  }

  @Test
  void knowsNothingWithoutFiles() throws IOException {
    assertThat(new SystemLoad(directory.resolve("none"), online, 2).hasFreeProcessor()).isFalse();
    Files.writeString(load, "0.00 0.28 0.36 1/234 5678\n");
    assertThat(new SystemLoad(load, directory.resolve("none"), 2).hasFreeProcessor()).isFalse();
  }

  /** The others' threads are counted with those of the processors that this process may not use. */
  @ParameterizedTest
  @CsvSource({"0-1, true", "'0,2', true", "0-3, false", "0, false", "'0-1,4', false", "all, false"})
  void knowsNothingOfAPartOfTheProcessors(String list, boolean known) throws IOException {
    Files.writeString(online, list + "\n");
    assertThat(hasFree("0.00 0.28 0.36 1/234 5678\n")).isEqualTo(known);
  }
}
