package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.tensor.DataType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A user's program compiles against the exported packages only, and runs, on the module path and on
 * the class path.
 */
class ModulePathTest {
  private static final String PROGRAM = "org/conv4j/cli/user/UserProgram.java";
  private static final String MODEL = "org/conv4j/cli/demo/digits.keras";
  private static final String DESCRIPTOR = "module user { requires org.conv4j.keras; }";

  @TempDir static Path folder;

  private static final String PATH = UsersJdk.path();

  private static UsersJdk jdk;
  private static Path source;
  private static Path model;

  @BeforeAll
  static void writeProgram() throws IOException {
    jdk = new UsersJdk(folder);
    source = jdk.copy(PROGRAM, "sources/user/UserProgram.java");
    model = jdk.copy(MODEL, "digits.keras");
  }

  @Test
  void aProgramRunsOnTheModulePath() throws Exception {
    assertThat(ModuleFinder.of(paths(PATH)).find("org.conv4j.core")).isPresent();
    Path classes = folder.resolve("module");
    Path descriptor = folder.resolve("sources/module-info.java");
    Files.writeString(descriptor, DESCRIPTOR);
    assertThat(jdk.tool("javac", "-d", classes, "-p", PATH, descriptor, source)).isEmpty();
    assertRuns("-p", classes + File.pathSeparator + PATH, "-m", "user/user.UserProgram");
  }

  @Test
  void aProgramRunsOnTheClassPath() throws Exception {
    Path classes = folder.resolve("plain");
    assertThat(jdk.tool("javac", "-d", classes, "-cp", PATH, source)).isEmpty();
    assertRuns("-cp", classes + File.pathSeparator + PATH, "user.UserProgram");
  }

  private static Path[] paths(String joined) {
    return Arrays.stream(joined.split(File.pathSeparator)).map(Path::of).toArray(Path[]::new);
  }

  /** With the engines that the test itself has; natives are found as modules of their own. */
  private static void assertRuns(Object... options) throws Exception {
    for (Engine engine : Engines.all()) {
      if (engine.dataTypes().contains(DataType.FLOAT32) && engine.isAvailable()) {
        List<Object> command = new ArrayList<>(List.of("--add-modules", "ALL-MODULE-PATH"));
        command.addAll(List.of(options));
        command.add(model);
        command.add(engine.name());
        assertThat(jdk.java(command.toArray())).contains("classes 10", "block 9.0");
      }
    }
  }
}
