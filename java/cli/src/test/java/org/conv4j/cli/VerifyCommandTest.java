package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.conv4j.cli.report.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyCommandTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mobilenet_v2.keras",
        "resnet.h5",
        "branches.keras",
        "passthrough.keras",
        "wavenet.keras",
        "operations.keras",
        "tfjs_uint8/model.json"
      })
  void enginesAgreeWithTheReference(String model) {
    for (String engine : new String[] {"onednn", "java"}) {
      JsonNode fields = verify(model, "--json", "--engine", engine).json();
      assertThat(fields.path("first_that_differs").isNull()).isTrue();
      assertThat(fields.path("layers")).isNotEmpty();
    }
  }

  @Test
  void listsEveryLayerAndTheOptimizedOutputs() {
    CommandResult result = verify("mobilenet_v2.keras");
    result.assertSucceeded();
    assertThat(result.out().get(0)).matches("layer +shape +max absolute +max relative");
    assertThat(result.out()).anyMatch(line -> line.startsWith("block_5_depthwise_BN "));
    assertThat(result.out()).anyMatch(line -> line.startsWith("optimised: predictions "));
    assertThat(result.out()).endsWith("Every layer is within 1e-04.");
  }

  @Test
  void noRoundingAtAllIsTooMuchToAsk() {
    CommandResult text = verify("mobilenet_v2.keras", "--limit", "0", "--engine", "onednn");
    assertThat(text.err()).isEmpty();
    assertThat(text.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
    assertThat(text.out().get(text.out().size() - 1)).startsWith("The first that differs by more");
    CommandResult json = verify("mobilenet_v2.keras", "--limit", "0", "--json");
    assertThat(json.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
    assertThat(String.join("", json.out())).contains("\"first_that_differs\" : \"");
  }

  @Test
  void float64DiffersByLess() {
    verify("resnet.keras", "--dtype", "float64", "--limit", "1e-12").assertSucceeded();
  }

  @Test
  void takesInputsFromFiles() {
    List<Object> inputs = SmallModels.inputs("mobilenet_v2.npz", folder);
    JsonNode fields =
        verify("mobilenet_v2.keras", "--json", "--input", inputs.get(1).toString()).json();
    for (JsonNode layer : fields.path("layers")) {
      assertThat(layer.path("shape").asText()).startsWith("(2, ");
    }
  }

  @Test
  void takesARandomInputOfTheShapeThatItIsGiven() {
    verify("unet.keras").assertRefused("'image'", "--input-shape");
    verify("unet.keras", "--input-shape", "1,8,16,3").assertSucceeded();
  }

  @Test
  void refusesBadUsage() {
    CommandResult.of("verify").assertRefused("MODEL");
    CommandResult.of("verify", folder.resolve("missing.h5")).assertRefused("missing.h5");
    verify("vgg16.keras", "--limit", "-1").assertRefused("--limit", "-1");
    verify("vgg16.keras", "--limit", "NaN").assertRefused("--limit", "NaN");
    verify("vgg16.keras", "--limit", "low").assertRefused("low");
    verify("vgg16.keras", "--input", "x.npy", "--input-shape", "1,32,32,3")
        .assertRefused("--input-shape");
    verify("vgg16.keras", "--input", folder.resolve("x.npy").toString()).assertRefused("x.npy");
    verify("vgg16.keras", "--input-shape", "1,31,32,3").assertRefused("(1, 31, 32, 3)");
  }

  private static CommandResult verify(String file, String... options) {
    List<Object> args = new ArrayList<>(List.of("verify", SmallModels.path(file)));
    args.addAll(List.of(options));
    return CommandResult.of(args.toArray());
  }
}
