package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.conv4j.onednn.binding.NativeLibrary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of threads that run once each leave nothing behind. */
class ShortLivedThreadsTest {
  /** Half a KiB for each of a thousand threads, where one stack or buffer is many times as much. */
  private static final long MORE_MEMORY = 512 << 10;

  @ParameterizedTest
  @ValueSource(strings = {"onednn", "java"})
  void leaveNoHelpersAndNoMemory(String engine) throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "threads are counted in /proc only");
    assumeTrue(NativeLibrary.isAvailable(), "OpenMP keeps its threads");
    // Else what the JVM takes for itself comes and goes.
    String[] options = {
      "-XX:+UseSerialGC",
      "-Xms128m",
      "-Xmx128m",
      "-XX:+AlwaysPreTouch",
      "-XX:TieredStopAtLevel=1",
      "-XX:-UseDynamicNumberOfCompilerThreads"
    };
    ForkedJvm child =
        ForkedJvm.run(
            RunOnShortLivedThreads.class,
            ForkedJvm.classPath(),
            Map.of("MALLOC_ARENA_MAX", "2"),
            options,
            engine);
    assertThat(child.exitCode()).as(child.output()).isZero();
    if (Runtime.getRuntime().availableProcessors() > 1) {
      assertThat(number(child, "helpers")).as("helpers that came").isPositive();
    }
    assertThat(number(child, "more threads")).as("threads left").isLessThanOrEqualTo(0);
    assertThat(number(child, "more heap"))
        .as("bytes of heap that a thousand leave")
        .isLessThan(MORE_MEMORY);
    assertThat(number(child, "more memory"))
        .as("bytes that a thousand leave")
        .isLessThan(MORE_MEMORY);
  }

  private static long number(ForkedJvm child, String name) {
    Matcher matcher = Pattern.compile(name + ": (-?\\d+)").matcher(child.output());
    assertThat(matcher.find()).as(child.output()).isTrue();
    return Long.parseLong(matcher.group(1));
  }
}
