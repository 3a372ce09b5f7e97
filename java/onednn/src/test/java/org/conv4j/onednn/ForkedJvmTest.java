package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.conv4j.onednn.binding.NativeLibrary;
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

  /** A file of the right size that is no library, where the unpacked one would lie. */
  @Test
  void withoutOurKernelsTheEngineSaysSoOnce(@TempDir Path directory) throws Exception {
    assumeTrue(NativeLibrary.isAvailable(), "needs the native library");
    try (var cached = Files.walk(Loader.getCacheDir().toPath(), 2)) {
      for (Path file : cached.filter(f -> f.endsWith(System.mapLibraryName("conv4j"))).toList()) {
        Path folder = Files.createDirectory(directory.resolve(file.getParent().getFileName()));
        Files.write(folder.resolve(file.getFileName()), new byte[(int) Files.size(file)]);
      }
    }
    ForkedJvm child =
        ForkedJvm.run(
            RunWithoutOurKernels.class,
            ForkedJvm.classPath(),
            Map.of(),
            "-Dorg.bytedeco.javacpp.cachedir=" + directory);
    assertThat(child.exitCode()).as(child.output()).isZero();
    assertThat(child.output()).contains("computed 36.0", "limitation: ").contains("damaged");
    assertThat(child.output().split("runs without conv4j's own kernels", -1)).hasSize(2);
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
