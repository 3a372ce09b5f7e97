package org.conv4j.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;

/** Which package of the core may know which. */
@AnalyzeClasses(packages = "org.conv4j", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] CORE = {
    "org.conv4j.activation..", "org.conv4j.engine..", "org.conv4j.error..", "org.conv4j.layer..",
    "org.conv4j.lowering..", "org.conv4j.model..", "org.conv4j.op..", "org.conv4j.reference..",
    "org.conv4j.shape..", "org.conv4j.tensor.."
  };

  @ArchTest
  static final ArchRule theCoreDependsOnTheJdkOnly =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(withJdk());

  @ArchTest
  static final ArchRule shapeArithmeticDependsOnNothing =
      classes()
          .that()
          .resideInAPackage("org.conv4j.shape..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.conv4j.shape..", "org.conv4j.error..");

  @ArchTest
  static final ArchRule layersDoNotKnowEngines =
      noClasses()
          .that()
          .resideInAPackage("org.conv4j.layer..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.conv4j.engine..", "org.conv4j.reference..", "org.conv4j.onednn..");

  @ArchTest
  static final ArchRule opsDoNotKnowLayers =
      noClasses()
          .that()
          .resideInAPackage("org.conv4j.op..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.conv4j.layer..",
              "org.conv4j.lowering..",
              "org.conv4j.model..",
              "org.conv4j.engine..");

  @ArchTest
  static final ArchRule enginesDoNotKnowLayers =
      noClasses()
          .that()
          .resideInAnyPackage("org.conv4j.engine..", "org.conv4j.reference..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.conv4j.layer..", "org.conv4j.model..");

  @ArchTest
  static final ArchRule packagesFormNoCycles =
      slices().matching("org.conv4j.(*)..").should().beFreeOfCycles();

  private static String[] withJdk() {
    String[] allowed = Arrays.copyOf(CORE, CORE.length + 1);
    allowed[CORE.length] = "java..";
    return allowed;
  }
}
