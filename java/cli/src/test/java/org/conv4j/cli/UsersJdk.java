package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** Runs a tool of the JDK that must succeed, and returns what it prints. */
  String tool(Object... command) throws Exception {
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
