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
import java.util.stream.Collectors;
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

  /** What users depend on: not the command, nor what tests need. */
  private static final List<String> OURS = List.of("core", "keras", "onednn");

  private static final List<String> OTHERS = List.of("jackson", "bytedeco");

  @TempDir static Path folder;

  private static Path sources;
  private static Path model;
  private static String path;

  @BeforeAll
  static void writeProgram() throws IOException {
    sources = Files.createDirectories(folder.resolve("sources/user"));
    copy(PROGRAM, sources.resolve("UserProgram.java"));
    model = folder.resolve("digits.keras");
    copy(MODEL, model);
    path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(ModulePathTest::isAUsers)
            .collect(Collectors.joining(File.pathSeparator));
  }

  private static void copy(String resource, Path target) throws IOException {
    try (var in = ModulePathTest.class.getClassLoader().getResourceAsStream(resource)) {
      Files.copy(in, target);
    }
  }

  private static boolean isAUsers(String entry) {
    String name = entry.replace(File.separatorChar, '/');
    return OURS.stream().anyMatch(m -> name.matches(".*/" + m + "/target/(classes|conv4j-.*)"))
        || OTHERS.stream().anyMatch(other -> name.contains("/" + other + "/"));
  }

  @Test
  void aProgramRunsOnTheModulePath() throws Exception {
    assertThat(ModuleFinder.of(paths(path)).find("org.conv4j.core")).isPresent();
    Path classes = folder.resolve("module");
    Path descriptor = folder.resolve("sources/module-info.java");
    Files.writeString(descriptor, DESCRIPTOR);
    assertThat(tool("javac", "-d", classes, "-p", path, descriptor, sources + "/UserProgram.java"))
        .isEmpty();
    assertRuns("-p", classes + File.pathSeparator + path, "-m", "user/user.UserProgram");
  }

  @Test
  void aProgramRunsOnTheClassPath() throws Exception {
    Path classes = folder.resolve("plain");
    assertThat(tool("javac", "-d", classes, "-cp", path, sources + "/UserProgram.java")).isEmpty();
    assertRuns("-cp", classes + File.pathSeparator + path, "user.UserProgram");
  }

  private static Path[] paths(String joined) {
    return Arrays.stream(joined.split(File.pathSeparator)).map(Path::of).toArray(Path[]::new);
  }

  /** With the engines that the test itself has; natives are found as modules of their own. */
  private static void assertRuns(Object... options) throws Exception {
    for (Engine engine : Engines.all()) {
      if (engine.dataTypes().contains(DataType.FLOAT32) && engine.isAvailable()) {
        List<Object> command = new ArrayList<>(List.of("java", "--add-modules"));
        command.add("ALL-MODULE-PATH");
        command.addAll(List.of(options));
        command.add(model);
        command.add(engine.name());
        assertThat(tool(command.toArray())).contains("classes 10", "block 9.0");
      }
    }
  }

  private static String tool(Object... command) throws Exception {
    List<String> words = Arrays.stream(command).map(Object::toString).collect(Collectors.toList());
    words.set(0, Path.of(System.getProperty("java.home"), "bin", words.get(0)).toString());
    Path output = Files.createTempFile(folder, "tool", ".txt");
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    int code = process.waitFor();
    String text = Files.readString(output);
    assertThat(code).as(text).isZero();
    return text;
  }
}
