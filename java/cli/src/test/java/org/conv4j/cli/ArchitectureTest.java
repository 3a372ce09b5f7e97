package org.conv4j.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may know which, and how large they are. */
class ArchitectureTest {
  private static final int MOST_CLASSES = 20;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.conv4j");

  /** Packages that stand, with those below them, for a part of conv4j. */
  static List<String> roots() {
    return List.of(
        "org.conv4j.bytes",
        "org.conv4j.cli",
        "org.conv4j.file",
        "org.conv4j.keras",
        "org.conv4j.model",
        "org.conv4j.operation",
        "org.conv4j.weights");
  }

  /** An importer that is put on the class path must work in every command. */
  @Test
  void onlyTheCommandThatRunsLayersOfKerasKnowsKeras() {
    noClasses()
        .that()
        .resideInAPackage("org.conv4j.cli..")
        .and()
        .doNotHaveSimpleName("LayerCommand")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.conv4j.keras..")
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("roots")
  void packagesFormNoCycles(String root) {
    slices().assignedFrom(new Packages(root)).should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("roots")
  void packagesAreSmall(String root) {
    Map<String, Long> sizes =
        CLASSES.stream()
            .filter(type -> isBelow(root, type) && !type.getSimpleName().equals("package-info"))
            .filter(type -> type.getEnclosingClass().isEmpty())
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

    assertThat(sizes)
        .isNotEmpty()
        .allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(MOST_CLASSES));
  }

  private static boolean isBelow(String root, JavaClass type) {
    return (type.getPackageName() + ".").startsWith(root + ".");
  }

  private record Packages(String root) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return isBelow(root, type)
          ? SliceIdentifier.of(type.getPackageName())
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages below " + root;
    }
  }
}
