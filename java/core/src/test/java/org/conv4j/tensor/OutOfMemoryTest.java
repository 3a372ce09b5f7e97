package org.conv4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.conv4j.error.OutOfMemoryException;
import org.conv4j.shape.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class OutOfMemoryTest {
  /** Runs in a JVM of its own, whose limit is small. */
  public static final class Exhausting {
    /**
     * Allocates until there is no more.
     *
     * @param arguments the number of floats in a tensor
     */
    public static void main(String[] arguments) {
      List<Tensor> tensors = new ArrayList<>();
      try {
        for (int i = 0; i < 1000; i++) {
          tensors.add(Tensor.allocate(DataType.FLOAT32, Shape.of(Long.parseLong(arguments[0]))));
        }
      } catch (OutOfMemoryException exhausted) {
        System.out.println(exhausted.getMessage());
      }
    }
  }

  @Test
  @EnabledForJreRange(
      max = JRE.JAVA_21,
      disabledReason = "later versions allocate from arenas, which the option does not limit")
  void namesTheOptionThatLimitsDirectMemory() throws IOException, InterruptedException {
    for (int floats : new int[] {100_000, 1_000_000}) {
      assertThat(messageOf(floats))
          .startsWith("There is no memory for " + (4 * floats + 64) + " bytes outside the heap: ")
          .contains("limit: 8388608", "-XX:MaxDirectMemorySize", "-Xmx");
    }
  }

  private static String messageOf(int floats) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:MaxDirectMemorySize=8m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Exhausting.class.getName(),
                Integer.toString(floats))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
