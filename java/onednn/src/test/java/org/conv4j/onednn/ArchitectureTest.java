package org.conv4j.onednn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What this engine may know, and who may know what it is made of. */
class ArchitectureTest {
  /** All packages of this engine, from the ground up. */
  private static final List<String> ROOMS =
      List.of(
          "org.conv4j.onednn.binding",
          "org.conv4j.onednn.choice",
          "org.conv4j.onednn.primitive",
          "org.conv4j.onednn.primitive.convolution",
          "org.conv4j.onednn.primitive.operation",
          "org.conv4j.onednn.kernel",
          "org.conv4j.onednn");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.conv4j");

  @Test
  void nobodyElseKnowsJavaCpp() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.conv4j.onednn..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void theEngineKnowsNeitherLayersNorOtherEngines() {
    noClasses()
        .that()
        .resideInAPackage("org.conv4j.onednn..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.conv4j.layer..",
            "org.conv4j.model..",
            "org.conv4j.portable..",
            "org.conv4j.reference..")
        .check(CLASSES);
  }

  @Test
  void noRoomPointsUp() {
    for (int floor = 1; floor < ROOMS.size(); floor++) {
      noClasses()
          .that()
          .resideInAnyPackage(ROOMS.subList(0, floor).toArray(String[]::new))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOMS.get(floor))
          .check(CLASSES);
    }
  }

  @Test
  void noRoomIsCrowded() {
    Map<String, Long> inhabitants =
        CLASSES.stream()
            .filter(type -> type.getPackageName().startsWith("org.conv4j.onednn"))
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(inhabitants.keySet()).containsExactlyInAnyOrderElementsOf(ROOMS);
    assertThat(inhabitants.values()).allMatch(count -> count <= 20);
  }
}
