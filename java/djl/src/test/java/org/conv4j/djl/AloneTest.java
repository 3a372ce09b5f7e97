package org.conv4j.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A JVM of its own, which has DJL's interfaces and this engine, and no other. */
class AloneTest {
  private static final int PREDICTIONS = 10_000;

  @Test
  @EnabledOnOs(OS.LINUX)
  void classifiesWithoutAnotherEngineAndWithoutGrowing() throws Exception {
    List<String> lines = run();
    assertThat(lines.get(0)).contains("Conv4j").doesNotContain("PyTorch", "OnnxRuntime");
    assertThat(lines.stream().filter(line -> line.startsWith("probabilities "))).hasSize(1);
    int grown =
        lines.stream()
            .filter(line -> line.startsWith("grown by "))
            .mapToInt(line -> Integer.parseInt(line.replaceAll("[^-\\d]", "")))
            .findFirst()
            .orElseThrow();
    assertThat(grown).isLessThan(50);
    assertThat(lines)
        .contains(
            "The engine Conv4j has no operation 'sin' for arrays. With an engine such as"
                + " ai.djl.pytorch:pytorch-engine on the class path, DJL runs it there.");
  }

  private static List<String> run() throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("pytorch") && !entry.contains("onnxruntime"))
            .collect(Collectors.joining(File.pathSeparator));
    // The heap is bounded and taken at once, so that all growth is outside of it.
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xms256m",
                "-Xmx256m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                classPath,
                Alone.class.getName(),
                Integer.toString(PREDICTIONS))
            .redirectErrorStream(true)
            .start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
    return lines;
  }
}
