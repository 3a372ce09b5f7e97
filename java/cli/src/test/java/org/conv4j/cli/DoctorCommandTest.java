package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.conv4j.engine.Engines;
import org.junit.jupiter.api.Test;

/** What {@code doctor} says of machines that lack something, each in a process of its own. */
class DoctorCommandTest {
  @Test
  void tellsOfThisMachine() throws IOException {
    CommandResult result = CommandResult.of("doctor", "--json");
    JsonNode told = new ObjectMapper().readTree(String.join("\n", result.out()));
    assertThat(told.path("processors for this process").asText())
        .isEqualTo("" + Runtime.getRuntime().availableProcessors());
    assertThat(told.path("formats").toString()).contains(".keras");
    boolean limited = Engines.byName("onednn").limitationCause().isPresent();
    JsonNode engine = told.path("engines").get(0);
    assertThat(engine.path("name").asText()).isEqualTo("onednn");
    assertThat(engine.path("state").asText()).isEqualTo(limited ? "limited" : "ready");
    assertThat(engine.path("oneDNN").asText()).startsWith("3.");
    assertThat(result.exitCode()).isEqualTo(limited ? 1 : 0);
  }

  @Test
  void tellsWhyOurKernelsAreMissing() throws Exception {
    assertThat(doctor(1, List.of("-Dorg.conv4j.native.disabled=true")))
        .contains("onednn: limited, float32", "kernels of conv4j: none")
        .contains("reason: the system property org.conv4j.native.disabled is set");
  }

  @Test
  void tellsWhyAnEngineIsMissing() throws Exception {
    assertThat(doctor(1, List.of("-Dorg.bytedeco.javacpp.platform=linux-s390x")))
        .contains(
            "onednn: missing, nothing",
            "no libraries for linux-s390x",
            "java: ready, float32, float64")
        .doesNotContain("All engines work");
  }

  @Test
  void tellsTheInstructionSetThatIsUsed() throws Exception {
    assertThat(doctor(0, List.of(), "ONEDNN_MAX_CPU_ISA", "SSE41"))
        .contains("instruction set: SSE4.1", "All engines work");
  }

  /** What it prints with some options of Java, and perhaps a variable of the environment. */
  private String doctor(int code, List<String> options, String... variable) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Conv4j.class.getName(), "doctor"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("ONEDNN_MAX_CPU_ISA");
    if (variable.length > 0) {
      builder.environment().put(variable[0], variable[1]);
    }
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(text).isEqualTo(code);
    return text;
  }
}
