package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.conv4j.cli.report.ExitCode;
import org.conv4j.engine.Tuning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
  private static final String SMALL = "--conv mb1ic4ih9oc8oh9kh3ph1n\"small\"";

  @TempDir private Path folder;

  @Test
  void timesACaseOnEveryEngine() throws IOException {
    CommandResult result = CommandResult.of("bench", "--json", SMALL);
    assertThat(result.exitCode()).isZero();
    JsonNode run = new ObjectMapper().readTree(String.join("\n", result.out())).get(0);
    assertThat(run.path("case").asText()).isEqualTo("small");
    assertThat(run.path("max_error").asDouble()).isLessThan(1e-5);
    assertThat(run.path("microseconds").fieldNames())
        .toIterable()
        .containsExactly("onednn", "java", "reference");
  }

  @Test
  void aCaseMayComeAsSeveralWords() {
    CommandResult result =
        CommandResult.of(
            "bench",
            "--engine",
            "java",
            "--conv",
            "g4mb1ic4ih9oc4oh9kh3ph1",
            "+",
            "--conv",
            "mb1ic4ih9oc8oh9kh1",
            "--deconv",
            "mb1ic4iw9oc8ow18kw2sw2");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).hasSize(3);
    assertThat(result.out().get(1))
        .startsWith("--conv g4mb1ic4ih9oc4oh9kh3ph1 + --conv mb1ic4ih9oc8oh9kh1 ");
    assertThat(result.out().get(2)).startsWith("--deconv mb1ic4iw9oc8ow18kw2sw2 ");
  }

  @Test
  void throughputModeContradictsSeveralThreads() {
    CommandResult result =
        CommandResult.of("bench", "--mode", "throughput", "--threads", "2", SMALL);
    assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(result.err()).singleElement().asString().contains("THROUGHPUT", "given 2");
  }

  @Test
  void tuningRemembersWhatWon() {
    NativeBuild.assumeNativeLibrary();
    Path cache = folder.resolve("tuning");
    System.setProperty(Tuning.CACHE_PROPERTY, cache.toString());
    try {
      assertThat(CommandResult.of("bench", "--tune", "--mode", "THROUGHPUT", SMALL).exitCode())
          .isZero();
    } finally {
      System.clearProperty(Tuning.CACHE_PROPERTY);
    }
    assertThat(cache).content().contains("input=(1, 9, 9, 4)");
  }

  @Test
  void casesMayComeFromAFile() throws IOException {
    Path file = folder.resolve("cases.txt");
    Files.write(file, List.of("# two cases", SMALL, SMALL.replace("small", "a second one")));
    CommandResult result = CommandResult.of("bench", "--engine", "java", "@" + file);
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).hasSize(3);
    assertThat(result.out().get(2)).startsWith("a second one ");
  }

  @Test
  void aMalformedCaseIsBadInput() {
    CommandResult result = CommandResult.of("bench", "--conv", "mb1ic4ih9oc8oh99kh3");
    assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(result.err())
        .singleElement()
        .asString()
        .contains("mb1ic4ih9oc8oh99kh3", "from 9 to 99");
  }

  @Test
  void aMisspelledOptionIsBadInput() {
    CommandResult result = CommandResult.of("bench", "--enigne", "java");
    assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(result.err()).singleElement().asString().contains("--enigne");
  }

  @Test
  void casesMayComeByName() {
    CommandResult result =
        CommandResult.of("bench", "--engine", "java", "pixels:1x1", "--conv", "mb1ic4ih9oc8oh9kh1");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).hasSize(4);
    assertThat(result.out().get(1)).startsWith("pixels:1x1 ");
    assertThat(result.out().get(2)).startsWith("pixels:1x1_4channels ");
    assertThat(result.out().get(3)).startsWith("--conv mb1ic4ih9oc8oh9kh1 ");
  }

  @Test
  void anUnknownNameIsToldASimilarOne() {
    CommandResult.of("bench", "resnet60")
        .assertRefused("'resnet60'", "dense-3x3", "Did you mean 'resnet50'?");
    CommandResult.of("bench", "dense3x3").assertRefused("Did you mean 'dense-3x3'?");
    CommandResult.of("bench", "--enigne", "java").assertRefused("Did you mean '--engine'?");
  }
}
