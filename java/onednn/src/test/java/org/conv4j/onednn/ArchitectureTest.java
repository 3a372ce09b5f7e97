package org.conv4j.onednn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What this engine may know, and who may know what it is made of. */
@AnalyzeClasses(packages = "org.conv4j", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule nobodyElseKnowsJavaCpp =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.conv4j.onednn..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule theEngineDoesNotKnowLayers =
      noClasses()
          .that()
          .resideInAPackage("org.conv4j.onednn..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.conv4j.layer..", "org.conv4j.model..", "org.conv4j.reference..");
}
