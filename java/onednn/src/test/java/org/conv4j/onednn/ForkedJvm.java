package org.conv4j.onednn;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a child process said and how it ended.
 *
 * @param exitCode 0 for success
 * @param output standard output and error, interleaved
 */
record ForkedJvm(int exitCode, String output) {
  static String classPath() {
    return System.getProperty("java.class.path");
  }

  /** The class path without the entries whose file names match. */
  static String classPathWithout(String fileName) {
    return Arrays.stream(classPath().split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).getFileName().toString().matches(fileName))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The entry of the class path that has this class. */
  static String testClasses() {
    String location = ForkedJvm.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return Path.of(location).toString();
  }

  /** Runs a main class in a JVM like this one and waits for it. */
  static ForkedJvm run(
      Class<?> main, String classPath, Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    return run(main, classPath, environment, options, new String[0]);
  }

  /** The same with arguments for the class. */
  static ForkedJvm run(
      Class<?> main,
      String classPath,
      Map<String, String> environment,
      String[] options,
      String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new ForkedJvm(process.waitFor(), output);
  }
}
