package org.conv4j.onnx.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.conv4j.onnx.RealFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Images of random sizes, each with a plan of its own, take no more memory the more of them there
 * are. The system property {@code conv4j.onnx.sizes} says how many.
 */
class RandomSizesTest {
  private static final String NETWORK = "ch_PP-OCRv3_det_infer.onnx";

  /** What malloc keeps of plans of different sizes. */
  private static final long KILOBYTES = 64 << 10;

  @Test
  @EnabledOnOs(OS.LINUX)
  void memoryIsFlat() throws IOException, InterruptedException {
    Path network = RealFiles.folderWith(NETWORK).resolve(NETWORK);
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                RandomSizes.class.getName(),
                network.toString(),
                Integer.toString(Integer.getInteger("conv4j.onnx.sizes", 60)))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).isZero();
    long half = Long.parseLong(lines.get(0));
    long all = Long.parseLong(lines.get(1));
    assertThat(all - half).isLessThan(KILOBYTES);
  }
}
