package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An engine from elsewhere, which knows two ops, compiles against the exported packages only and
 * runs before ours.
 */
class EngineModuleTest {
  private static final String DESCRIPTOR =
      "module toy { requires org.conv4j.core;"
          + " provides org.conv4j.engine.Engine with toy.ToyEngine; }";

  private static final String PROGRAM = "toy.ToyProgram";
  private static final String PATH = UsersJdk.path();

  @TempDir static Path folder;

  private static UsersJdk jdk;
  private static Path engine;
  private static Path program;

  /** An archive without a descriptor; a service file says that there is an engine. */
  private static Path archive;

  @BeforeAll
  static void writeEngine() throws Exception {
    jdk = new UsersJdk(folder);
    engine = jdk.copy("org/conv4j/cli/toy/ToyEngine.java", "toy/ToyEngine.java");
    program = jdk.copy("org/conv4j/cli/toy/ToyProgram.java", "toy/ToyProgram.java");
    Path classes = folder.resolve("plain");
    jdk.tool("javac", "-d", classes, "-cp", PATH, engine, program);
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve("org.conv4j.engine.Engine"), "toy.ToyEngine\n");
    archive = folder.resolve("toy.jar");
    jdk.tool("jar", "--create", "--file", archive, "-C", classes, ".");
  }

  @Test
  void anEngineIsAModuleOfItsOwn() throws Exception {
    Path classes = folder.resolve("module");
    Path descriptor = Files.writeString(folder.resolve("module-info.java"), DESCRIPTOR);
    String warnings =
        jdk.tool("javac", "-Xlint:all", "-d", classes, "-p", PATH, descriptor, engine, program);
    assertThat(warnings).isEmpty();
    assertRuns("-p", joined(classes), "-m", "toy/" + PROGRAM);
  }

  @Test
  void anEngineIsAnArchiveOnTheModulePath() throws Exception {
    assertRuns("-p", joined(archive), "-m", "toy/" + PROGRAM);
  }

  @Test
  void anEngineIsAnArchiveOnTheClassPath() throws Exception {
    assertRuns("-cp", joined(archive), PROGRAM);
  }

  private static String joined(Path first) {
    return first + File.pathSeparator + PATH;
  }

  private static void assertRuns(String option, String path, String... rest) throws Exception {
    List<Object> command = new ArrayList<>(List.of("--add-modules", "ALL-MODULE-PATH"));
    command.addAll(List.of(option, path));
    command.addAll(List.of(rest));
    assertThat(jdk.java(command.toArray()))
        .contains("result 14.0 26.0", "toy: it knows two ops only")
        .containsPattern("(?m)^toy, (onednn|java)$");
  }
}
