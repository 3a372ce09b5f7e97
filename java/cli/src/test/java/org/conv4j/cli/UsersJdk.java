package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What users have: our jars and the JDK's tools. */
final class UsersJdk {
  /** What users depend on: not the command, nor what tests need. */
  private static final List<String> OURS = List.of("core", "keras", "onednn");

  private static final List<String> OTHERS = List.of("bytedeco");

  private final Path folder;

  /** For files in a folder. */
  UsersJdk(Path folder) {
    this.folder = folder;
  }

  /** Our jars, and those that they need, as a path. */
  static String path() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(UsersJdk::isAUsers)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isAUsers(String entry) {
    String name = entry.replace(File.separatorChar, '/');
    return OURS.stream().anyMatch(m -> name.matches(".*/" + m + "/target/(classes|conv4j-.*)"))
        || OTHERS.stream().anyMatch(other -> name.contains("/" + other + "/"));
  }

  /** Copies a resource of the tests into the folder. */
  Path copy(String resource, String target) throws IOException {
    Path file = folder.resolve(target);
    Files.createDirectories(file.getParent());
    try (var in = UsersJdk.class.getClassLoader().getResourceAsStream(resource)) {
      Files.copy(in, file);
    }
    return file;
  }

  /** Runs a tool of the JDK that must succeed, and returns all that it prints. */
  String tool(String name, Object... arguments) throws Exception {
    Path printed = output();
    return run(name, arguments, printed, printed);
  }

  /**
   * Runs a program that must succeed, and returns what it prints on its standard output. The JVM's
   * own warnings, such as Java 25's about native access, go to standard error.
   */
  String java(Object... arguments) throws Exception {
    return run("java", arguments, output(), output());
  }

  private Path output() throws IOException {
    return Files.createTempFile(folder, "tool", ".txt");
  }

  private static String run(String name, Object[] arguments, Path out, Path err) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", name).toString());
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile());
    if (out.equals(err)) {
      builder.redirectErrorStream(true);
    } else {
      builder.redirectError(err.toFile());
    }
    int code = builder.start().waitFor();
    assertThat(code).as(Files.readString(out) + Files.readString(err)).isZero();
    return Files.readString(out);
  }
}
