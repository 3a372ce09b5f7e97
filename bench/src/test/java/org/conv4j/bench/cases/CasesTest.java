package org.conv4j.bench.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.conv4j.error.MalformedCaseException;
import org.conv4j.notation.BenchCase;
import org.conv4j.notation.CaseNotation;
import org.junit.jupiter.api.Test;

class CasesTest {
  @Test
  void everyFileIsKnown() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("cases"))) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(Cases.FAMILIES.stream(), Stream.of(Cases.PEAK, Cases.TINY)).toList());
    }
  }

  @Test
  void everyLineIsWrittenInTheShortestForm() throws IOException {
    for (String family : Cases.FAMILIES) {
      List<String> lines = Files.readAllLines(Path.of("cases", family + ".txt"));
      assertThat(Cases.of(family).stream().map(CaseNotation::format).toList())
          .isEqualTo(lines.stream().filter(line -> !line.startsWith("#")).toList());
    }
  }

  @Test
  void everyFamilyHasSeveralCasesAndEveryCaseItsOwnName() {
    for (String family : Cases.FAMILIES) {
      assertThat(Cases.of(family)).hasSizeBetween(3, 8);
    }
    assertThat(Cases.all().stream().map(BenchCase::id)).doesNotHaveDuplicates();
  }

  @Test
  void anUnknownFamilyOrCaseIsAnError() {
    assertThatThrownBy(() -> Cases.of("octonions"))
        .isInstanceOf(MalformedCaseException.class)
        .hasMessageContaining("dense-3x3");
    assertThatThrownBy(() -> Cases.byId("3d/none"))
        .isInstanceOf(MalformedCaseException.class)
        .hasMessageContaining("3d/none");
  }
}
