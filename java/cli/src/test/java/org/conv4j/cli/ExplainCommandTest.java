package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest {
  /** What may remain of a network for images when everything that can be fused is. */
  private static final Set<String> ESSENTIAL =
      Set.of("Convolution", "Pooling", "Reduction", "InnerProduct", "Softmax");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"mobilenet_v2.keras", "resnet.keras", "resnet.h5", "keras2_resnet.h5"})
  void nothingIsLeftThatCouldBeFused(String model) {
    JsonNode fields = explain(model, "--json").json();
    Set<String> ops = new TreeSet<>();
    fields.path("steps").forEach(step -> ops.add(step.path("op").asText()));
    assertThat(ESSENTIAL).containsAll(ops);
    assertThat(ops).contains("Convolution");
    assertThat(fields.path("reorders").asInt()).isZero();
    assertThat(fields.path("arena_bytes").asDouble())
        .isPositive()
        .isLessThanOrEqualTo(1.25 * fields.path("live_bytes").asDouble());
  }

  @Test
  void everyNormalizationActivationAndSumIsNamedWhereItWent() {
    Set<String> expected = new TreeSet<>();
    JsonNode layers =
        CommandResult.of("inspect", SmallModels.path("resnet.keras"), "--json").json();
    for (JsonNode layer : layers.path("layers")) {
      if (Set.of("BatchNormalization", "Activation", "Add", "ZeroPadding2D")
          .contains(layer.path("class_name").asText())) {
        expected.add(layer.path("name").asText());
      }
    }
    Set<String> fused = new TreeSet<>();
    for (JsonNode step : explain("resnet.keras", "--json").json().path("steps")) {
      step.path("fused").forEach(layer -> fused.add(layer.asText()));
    }
    assertThat(expected).isNotEmpty();
    assertThat(fused).containsExactlyElementsOf(expected);
  }

  @Test
  void sharesAddUpAndSpeedsAreTheWorkPerTime() {
    JsonNode fields = explain("vgg16.keras", "--json", "--engine", "java").json();
    assertThat(fields.path("engine").asText()).isEqualTo("java");
    double share = 0;
    double microseconds = 0;
    for (JsonNode step : fields.path("steps")) {
      share += step.path("share").asDouble();
      microseconds += step.path("microseconds").asDouble();
      assertThat(step.path("threads").asInt()).isPositive();
      assertThat(step.path("implementation").asText()).isNotEmpty();
      assertThat(step.path("share_of_peak").asDouble())
          .isCloseTo(
              step.path("gflops").asDouble() / fields.path("peak_gflops").asDouble(), within(1e-9));
      assertThat(step.path("output_shape").get(0).asInt()).isEqualTo(1);
    }
    assertThat(share).isCloseTo(1, within(1e-9));
    assertThat(microseconds)
        .isCloseTo(fields.path("microseconds").asDouble(), within(1e-6 * microseconds));
  }

  @Test
  void printsATableAndTheMemoryPlan() {
    CommandResult result = explain("ds_cnn.keras");
    result.assertSucceeded();
    assertThat(result.out().get(0))
        .matches("layer +op +output +implementation +threads +us +share +GFLOP/s +of peak");
    assertThat(result.out()).anyMatch(line -> line.startsWith("memory of a session: arena "));
    // On a busy machine a line that says so follows.
    assertThat(result.out()).contains("reorders between steps: 0");
  }

  @Test
  void saysWhichEngineRunsAStepAndWhyTheFirstDoesNot() {
    NativeBuild.assumeNativeLibrary();
    String[] options = {"--engine", "onednn", "--dtype", "float64"};
    JsonNode fields = explain("vgg16.keras", with(options, "--json")).json();
    assertThat(fields.path("engine").asText()).isEqualTo("onednn");
    for (JsonNode step : fields.path("steps")) {
      boolean convolution = step.path("op").asText().equals("Convolution");
      assertThat(step.path("engine").asText()).isEqualTo(convolution ? "onednn" : "java");
      assertThat(step.path("declined").isEmpty()).isEqualTo(convolution);
    }
    CommandResult text = explain("vgg16.keras", options);
    assertThat(text.out()).anyMatch(line -> line.contains(" on java "));
    assertThat(text.out())
        .anyMatch(line -> line.startsWith("on java (onednn: ") && line.contains("predictions"));
  }

  @Test
  void runsOnNoOtherEngineThanTheUserAllows() {
    NativeBuild.assumeNativeLibrary();
    String[] options = {"--engine", "onednn", "--dtype", "float64", "--fallback"};
    JsonNode steps =
        explain("vgg16.keras", with(options, "reference", "--json")).json().path("steps");
    assertThat(steps.findValuesAsText("engine")).contains("reference").doesNotContain("java");
    explain("vgg16.keras", with(options, "none"))
        .assertRefused("block1_pool", "onednn: of float64");
    explain("vgg16.keras", with(options, "abacus")).assertRefused("'abacus'");
  }

  private static String[] with(String[] options, String... more) {
    return Stream.concat(Arrays.stream(options), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void takesTheShapeThatItIsGiven() {
    JsonNode steps =
        explain("unet.keras", "--json", "--input-shape", "2,16,24,3").json().path("steps");
    assertThat(steps.get(0).path("output_shape").toString()).startsWith("[2,16,24,");
    JsonNode several =
        explain(
                "branches.keras",
                "--json",
                "--input-shape",
                "extra=3,4",
                "--input-shape",
                "3,12,10,3",
                "--input-shape",
                "right=3,12,10,3")
            .json();
    assertThat(several.path("steps").get(0).path("output_shape").get(0).asInt()).isEqualTo(3);
  }

  @Test
  void refusesShapesThatAreNotTheModels() {
    explain("unet.keras").assertRefused("'image'", "(None, None, None, 3)", "--input-shape");
    explain("vgg16.keras", "--input-shape", "1,32,32,4").assertRefused("(1, 32, 32, 4)");
    explain("vgg16.keras", "--input-shape", "1,32").assertRefused("(1, 32)");
    explain("vgg16.keras", "--input-shape", "1,a,32,3").assertRefused("1,a,32,3");
    explain("vgg16.keras", "--input-shape", "").assertRefused("given ''");
    explain("vgg16.keras", "--input-shape", "1,32,32,3,").assertRefused("given '1,32,32,3,'");
    explain("vgg16.keras", "--input-shape", "-1,32,32,3").assertRefused("-1");
    explain("vgg16.keras", "--input-shape", "up=1,32,32,3").assertRefused("'up'");
    explain("vgg16.keras", "--input-shape", "1,32,32,3", "--input-shape", "1,32,32,3")
        .assertRefused("1 inputs");
    explain("branches.keras", "--input-shape", "left=1,12,10,3", "--input-shape", "left=1,12,10,3")
        .assertRefused("'left' is given twice");
  }

  @Test
  void refusesShapesThatNoMemoryHolds() {
    explain("unet.keras", "--input-shape", "1,100000,100000,3").assertRefused();
    explain("unet.keras", "--input-shape", "1,4000000000,4000000000,3").assertRefused();
  }

  @Test
  void refusesWhatIsNoModel() {
    CommandResult.of("explain").assertRefused("MODEL");
    CommandResult.of("explain", folder.resolve("missing.h5")).assertRefused("missing.h5");
    explain("vgg16.keras", "--engine", "cuda").assertRefused("cuda");
    explain("vgg16.keras", "--dtype", "int8").assertRefused("int8");
  }

  private static CommandResult explain(String file, String... options) {
    List<Object> args = new ArrayList<>(List.of("explain", SmallModels.path(file)));
    args.addAll(List.of(options));
    return CommandResult.of(args.toArray());
  }

  @Test
  void writesAPageThatNeedsNothingElse() throws IOException {
    Path page = folder.resolve("plan.html");
    CommandResult result = explain("resnet.keras", "--html", page.toString());
    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("page: " + page);
    String html = Files.readString(page);
    int rows = html.split("<tr>\n", -1).length - 1;
    assertThat(result.out()).anyMatch(line -> line.startsWith(rows + " steps, "));
    assertThat(html)
        .startsWith("<!DOCTYPE html>")
        .endsWith("</html>\n")
        .contains("resnet.keras", "(1, ", "prefers-color-scheme: dark", "width=device-width")
        .doesNotContain("<script", "http", "src=", "url(", "@import", "NaN", "null");
  }

  @Test
  void namesInAPageAreText() throws IOException {
    Path model = folder.resolve("<b>&amp;.keras");
    Files.copy(SmallModels.path("vgg16.keras"), model);
    Path page = folder.resolve("plan.html");
    CommandResult.of("explain", model, "--engine", "java", "--html", page).assertSucceeded();
    assertThat(Files.readString(page)).contains("<h1>&lt;b&gt;&amp;amp;.keras</h1>");
    CommandResult.of("explain", model, "--engine", "java", "--html", folder)
        .assertRefused(folder.toString());
  }
}
