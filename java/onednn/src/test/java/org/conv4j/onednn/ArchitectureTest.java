package org.conv4j.onednn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What this engine may know, and who may know what it is made of. */
class ArchitectureTest {
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
}
