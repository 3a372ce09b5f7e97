package org.conv4j.testkit.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What holds for the packages of a module and of all that it stands on. The test of a module
 * extends this and adds nothing. Rules that a module has no class for hold there of themselves.
 */
public abstract class ArchitectureContract {
  /** So many classes fit into a head. */
  private static final int MOST_CLASSES = 20;

  /** One record for each op, which are one sealed family, and one class that defines each. */
  private static final Set<String> LARGE = Set.of("org.conv4j.op", "org.conv4j.reference.loops");

  private static final String[] ENGINES = {
    "org.conv4j.portable..", "org.conv4j.reference..", "org.conv4j.onednn.."
  };

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          // What JMH's annotation processor writes.
          .withImportOption(location -> !location.contains("/jmh_generated/"))
          .importPackages("org.conv4j");

  /** Creates the contract for the classes on the class path. */
  protected ArchitectureContract() {}

  @Test
  final void everyPackageIsOnAFloor() {
    check(
        classes()
            .should(
                new ArchCondition<JavaClass>("be in a package that Storeys has on a floor") {
                  @Override
                  public void check(JavaClass type, ConditionEvents events) {
                    boolean known = Storeys.packages().contains(type.getPackageName());
                    events.add(new SimpleConditionEvent(type, known, type.getName()));
                  }
                }));
  }

  @Test
  final void nothingPointsUpOrAside() {
    check(
        classes()
            .should(
                new ArchCondition<JavaClass>("know their own package and lower floors only") {
                  @Override
                  public void check(JavaClass type, ConditionEvents events) {
                    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                      String to =
                          dependency.getTargetClass().getBaseComponentType().getPackageName();
                      boolean legal =
                          !to.startsWith(Storeys.BASE)
                              || Storeys.mayKnow(type.getPackageName(), to);
                      events.add(
                          new SimpleConditionEvent(type, legal, dependency.getDescription()));
                    }
                  }
                }));
  }

  @Test
  final void noPackageIsCrowded() {
    Map<String, Integer> sizes = new TreeMap<>();
    for (JavaClass type : classes) {
      if (type.getEnclosingClass().isEmpty() && !type.getSimpleName().equals("package-info")) {
        sizes.merge(type.getPackageName(), 1, Integer::sum);
      }
    }
    sizes.keySet().removeAll(LARGE);
    assertThat(sizes)
        .isNotEmpty()
        .allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(MOST_CLASSES));
  }

  @Test
  final void theCoreDependsOnTheJdkOnly() {
    String[] core = Storeys.packagesOf("core").toArray(String[]::new);
    check(
        classes()
            .that()
            .resideInAnyPackage(core)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(core).or(resideInAnyPackage("java.."))));
  }

  /** A library that an importer brought along would be in the way of the application's version. */
  @Test
  final void importersDependOnTheCoreAndTheJdkOnly() {
    check(
        classes()
            .that()
            .resideInAnyPackage("org.conv4j.keras..", "org.conv4j.onnx..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.conv4j.."));
  }

  /** The numbers of an answer depend on the op alone. */
  @Test
  final void enginesKnowNeitherLayersNorPlans() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(ENGINES)
            .or()
            .resideInAPackage("org.conv4j.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.conv4j.layer..",
                "org.conv4j.operation..",
                "org.conv4j.model..",
                "org.conv4j.plan.."));
  }

  @Test
  final void enginesDoNotKnowEachOther() {
    for (String engine : ENGINES) {
      for (String other : ENGINES) {
        if (!engine.equals(other)) {
          check(
              noClasses()
                  .that()
                  .resideInAPackage(engine)
                  .should()
                  .dependOnClassesThat()
                  .resideInAPackage(other));
        }
      }
    }
  }

  @Test
  final void layersDoNotKnowWhoRunsThem() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("org.conv4j.layer..", "org.conv4j.operation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.conv4j.engine..", "org.conv4j.plan..")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(ENGINES));
  }

  @Test
  final void readersOfFilesKnowLayersButNoOpsAndNoEngines() {
    check(
        noClasses()
            .that()
            .resideInAPackage("org.conv4j.keras..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.conv4j.op..",
                "org.conv4j.lowering..",
                "org.conv4j.engine..",
                "org.conv4j.plan..")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(ENGINES));
  }

  /** An importer that is put on the class path must work in every command. */
  @Test
  final void onlyTheCommandThatRunsLayersOfKerasKnowsKeras() {
    check(
        noClasses()
            .that()
            .resideInAPackage("org.conv4j.cli..")
            .and()
            .doNotHaveSimpleName("LayerCommand")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.conv4j.keras.."));
  }

  /** The bridge measures what JavaCPP costs; the rivals are JavaCPP's, too. */
  @Test
  final void onlyTheEngineOfOneDnnKnowsJavaCpp() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "org.conv4j.onednn..", "org.conv4j.bench.bridge..", "org.conv4j.bench.peers..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco.."));
  }

  private void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(classes);
  }
}
