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
import org.conv4j.notation.CaseFamilies;
import org.conv4j.notation.CaseNotation;
import org.junit.jupiter.api.Test;

class CasesTest {
  @Test
  void everyFileIsKnown() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("cases"))) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(
                      CaseFamilies.NAMES.stream(), Stream.of(CaseFamilies.PEAK, CaseFamilies.TINY))
                  .toList());
    }
  }

  @Test
  void everyLineIsWrittenInTheShortestForm() throws IOException {
    for (String family : CaseFamilies.NAMES) {
      List<String> lines = Files.readAllLines(Path.of("cases", family + ".txt"));
      assertThat(Cases.of(family).stream().map(CaseNotation::format).toList())
          .isEqualTo(lines.stream().filter(line -> !line.startsWith("#")).toList());
    }
  }

  @Test
  void everyFamilyHasSeveralCasesAndEveryCaseItsOwnName() {
    for (String family : CaseFamilies.NAMES) {
      assertThat(Cases.of(family)).hasSizeBetween(3, 8);
    }
    assertThat(Cases.all().stream().map(BenchCase::id)).doesNotHaveDuplicates();
  }

  @Test
  void anUnknownFamilyOrCaseIsAnError() {
    assertThatThrownBy(() -> Cases.of("octonions"))
        .isInstanceOf(MalformedCaseException.class)
        .hasMessageContaining("dense-3x3");
    assertThatThrownBy(() -> Cases.of("dense3x3"))
        .isInstanceOf(MalformedCaseException.class)
        .hasMessageEndingWith("Did you mean 'dense-3x3'?");
    assertThatThrownBy(() -> Cases.byId("3d/none"))
        .isInstanceOf(MalformedCaseException.class)
        .hasMessageContaining("3d/none");
  }

  @Test
  void casesAreFoundByFamilyAndByNetwork() {
    assertThat(Cases.find("Dense-3x3")).isEqualTo(Cases.of("dense-3x3"));
    assertThat(Cases.find("tiny")).isEqualTo(Cases.of("tiny"));
    assertThat(Cases.find("resnet50").stream().map(BenchCase::name))
        .hasSizeGreaterThan(4)
        .allMatch(name -> name.startsWith("resnet50:"));
    assertThat(Cases.find("pixels:3x3")).hasSize(1);
    assertThatThrownBy(() -> Cases.find("resnet5O"))
        .isInstanceOf(MalformedCaseException.class)
        .hasMessageContaining("dense-3x3")
        .hasMessageEndingWith("Did you mean 'resnet50'?");
    assertThatThrownBy(() -> Cases.find("")).isInstanceOf(MalformedCaseException.class);
  }
}
