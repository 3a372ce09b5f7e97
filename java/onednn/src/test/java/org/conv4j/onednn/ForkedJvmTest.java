package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What depends on how a process was started, seen in processes of their own. */
class ForkedJvmTest {
  @ParameterizedTest
  @ValueSource(strings = {"SSE41", "AVX2", "DEFAULT"})
  void plansRunOnOtherThreadsUnderEveryInstructionSet(String instructionSet) throws Exception {
    ForkedJvm child =
        ForkedJvm.run(
            RunOnAnotherThread.class,
            ForkedJvm.classPath(),
            Map.of("ONEDNN_MAX_CPU_ISA", instructionSet));
    assertThat(child.output()).contains("all exact");
    assertThat(child.exitCode()).as(child.output()).isZero();
    if (!instructionSet.equals("DEFAULT")) {
      assertThat(child.output()).doesNotContain("avx512");
    }
  }

  @Test
  void withoutTheNativeLibraryTheEngineSaysWhyAndOthersWork() throws Exception {
    String classPath =
        ForkedJvm.classPathWithout("dnnl-[0-9].*-(linux|macosx|windows|android|ios)-.*jar");
    ForkedJvm child = ForkedJvm.run(AskForOneDnn.class, classPath, Map.of());
    assertThatItRanWithoutOneDnn(child);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dnnl-[0-9].*jar", "(dnnl|javacpp)-[0-9].*jar"})
  void withoutThePresetsTheEngineSaysWhyAndOthersWork(String jars) throws Exception {
    ForkedJvm child = ForkedJvm.run(AskForOneDnn.class, ForkedJvm.classPathWithout(jars), Map.of());
    assertThatItRanWithoutOneDnn(child);
  }

  @Test
  void withoutAPlaceToUnpackTheNativeLibraryTheEngineSaysWhyAndOthersWork(@TempDir Path directory)
      throws IOException, InterruptedException {
    Path file = Files.createFile(directory.resolve("file"));
    ForkedJvm child =
        ForkedJvm.run(
            AskForOneDnn.class,
            ForkedJvm.classPath(),
            Map.of(),
            "-Dorg.bytedeco.javacpp.cachedir=" + file,
            "-Djava.io.tmpdir=" + file,
            "-Duser.home=" + file);
    assertThatItRanWithoutOneDnn(child);
  }

  private static void assertThatItRanWithoutOneDnn(ForkedJvm child) {
    assertThat(child.output())
        .contains("message: The engine 'onednn' cannot be used here")
        .containsPattern("cause: (java\\.lang\\.|org\\.conv4j\\.error\\.EngineUnavailable)")
        .containsPattern("(reference|java) computed 6");
    assertThat(child.exitCode()).as(child.output()).isZero();
  }
}
