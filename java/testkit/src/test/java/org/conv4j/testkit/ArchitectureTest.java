package org.conv4j.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which package of the core may know which. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.conv4j");

  private static final String[] CORE = {
    "org.conv4j.activation..",
    "org.conv4j.bytes..",
    "org.conv4j.engine..",
    "org.conv4j.error..",
    "org.conv4j.file..",
    "org.conv4j.function..",
    "org.conv4j.layer..",
    "org.conv4j.limit..",
    "org.conv4j.lowering..",
    "org.conv4j.machine..",
    "org.conv4j.model..",
    "org.conv4j.notation..",
    "org.conv4j.npy..",
    "org.conv4j.op..",
    "org.conv4j.operation..",
    "org.conv4j.optimize..",
    "org.conv4j.plan..",
    "org.conv4j.portable..",
    "org.conv4j.reference..",
    "org.conv4j.service..",
    "org.conv4j.shape..",
    "org.conv4j.team..",
    "org.conv4j.tensor..",
    "org.conv4j.tuning..",
    "org.conv4j.weights.."
  };

  @Test
  void theCoreDependsOnTheJdkOnly() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(withJdk())
        .check(CLASSES);
  }

  @Test
  void shapeArithmeticDependsOnNothing() {
    classes()
        .that()
        .resideInAPackage("org.conv4j.shape..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.conv4j.shape..", "org.conv4j.error..")
        .check(CLASSES);
  }

  @Test
  void theMachineDependsOnNothing() {
    classes()
        .that()
        .resideInAPackage("org.conv4j.machine..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.conv4j.machine..")
        .check(CLASSES);
  }

  @Test
  void layersDoNotKnowEngines() {
    noClasses()
        .that()
        .resideInAnyPackage("org.conv4j.layer..", "org.conv4j.operation..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.conv4j.engine..",
            "org.conv4j.plan..",
            "org.conv4j.reference..",
            "org.conv4j.onednn..")
        .check(CLASSES);
  }

  @Test
  void opsDoNotKnowLayers() {
    noClasses()
        .that()
        .resideInAPackage("org.conv4j.op..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.conv4j.layer..",
            "org.conv4j.operation..",
            "org.conv4j.lowering..",
            "org.conv4j.model..",
            "org.conv4j.engine..")
        .check(CLASSES);
  }

  @Test
  void enginesDoNotKnowLayersOrPlans() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.conv4j.engine..", "org.conv4j.portable..", "org.conv4j.reference..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.conv4j.layer..",
            "org.conv4j.operation..",
            "org.conv4j.model..",
            "org.conv4j.plan..")
        .check(CLASSES);
  }

  @Test
  void importersDoNotKnowOps() {
    noClasses()
        .that()
        .resideInAPackage("org.conv4j.keras..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.conv4j.op..", "org.conv4j.lowering..")
        .check(CLASSES);
  }

  /** A library that an importer brought along would be in the way of the application's version. */
  @Test
  void kerasDependsOnTheCoreAndTheJdkOnly() {
    noClasses()
        .that()
        .resideInAPackage("org.conv4j.keras..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "org.conv4j..")
        .check(CLASSES);
  }

  @Test
  void enginesDoNotKnowEachOther() {
    String[] engines = {"org.conv4j.portable..", "org.conv4j.reference.."};
    for (String engine : engines) {
      String[] others =
          Arrays.stream(engines).filter(other -> !other.equals(engine)).toArray(String[]::new);
      noClasses()
          .that()
          .resideInAnyPackage(engine, "org.conv4j.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .check(CLASSES);
    }
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("org.conv4j.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  private static String[] withJdk() {
    String[] allowed = Arrays.copyOf(CORE, CORE.length + 1);
    allowed[CORE.length] = "java..";
    return allowed;
  }
}
