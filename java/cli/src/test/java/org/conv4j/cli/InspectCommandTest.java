package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InspectCommandTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("org.conv4j.cli.SmallModels#all")
  void countsTheParametersAsKerasDoes(SmallModels.Sample sample) {
    JsonNode fields = CommandResult.of("inspect", sample.path(), "--json").json();
    long parameters = sample.entry().path("parameters").asLong();
    assertThat(fields.path("parameters").asLong()).isEqualTo(parameters);
    long sum = 0;
    for (JsonNode layer : fields.path("layers")) {
      assertThat(layer.path("class_name").asText()).isNotEmpty();
      sum += layer.path("name").asText().contains("/") ? 0 : layer.path("parameters").asLong();
    }
    assertThat(sum).isGreaterThanOrEqualTo(parameters);
    CommandResult text = CommandResult.of("inspect", sample.path());
    text.assertSucceeded();
    assertThat(text.out().get(text.out().size() - 1))
        .startsWith("%,d parameters".formatted(parameters));
  }

  @Test
  void listsTheLayersWithShapesParametersAndWork() {
    JsonNode fields = inspect("vgg16.keras", "--json").json();
    List<String> convolutions = new ArrayList<>();
    long macs = 0;
    for (JsonNode layer : fields.path("layers")) {
      macs += layer.path("macs").asLong();
      if (layer.path("class_name").asText().equals("Conv2D")) {
        convolutions.add(layer.path("name").asText());
      }
    }
    assertThat(convolutions).hasSize(13).startsWith("block1_conv1", "block1_conv2");
    assertThat(fields.path("macs").asLong()).isEqualTo(macs).isPositive();
    JsonNode first = fields.path("layers").get(1);
    assertThat(first.path("output_shape").get(0).isNull()).isTrue();
    assertThat(first.path("output_shape").get(1).asInt()).isEqualTo(32);
    int filters = first.path("output_shape").get(3).asInt();
    assertThat(first.path("parameters").asInt()).isEqualTo((3 * 3 * 3 + 1) * filters);
    assertThat(first.path("macs").asInt()).isEqualTo(32 * 32 * 3 * 3 * 3 * filters);
  }

  @Test
  void printsATable() {
    CommandResult result = inspect("branches.keras");
    result.assertSucceeded();
    assertThat(result.out().get(0))
        .matches("layer +class +output shape +parameters +MACs +connected to");
    assertThat(result.out())
        .anyMatch(line -> line.startsWith("extra ") && line.contains("(None, 4)"));
  }

  @Test
  void aModelOfAnySizeHasNoNumberOfMultiplyAdds() {
    JsonNode fields = inspect("unet.keras", "--json").json();
    assertThat(fields.path("macs").isNull()).isTrue();
    assertThat(inspect("unet.keras").out()).noneMatch(line -> line.contains("multiply-adds"));
  }

  @Test
  void refusesWhatIsNoModel() throws IOException {
    CommandResult.of("inspect").assertRefused("MODEL");
    CommandResult.of("inspect", folder.resolve("missing.h5")).assertRefused("missing.h5");
    CommandResult.of("inspect", folder).assertRefused(folder.toString());
    Path text = Files.writeString(folder.resolve("model.keras"), "Keras");
    CommandResult.of("inspect", text).assertRefused("model.keras");
    Path config = Files.writeString(folder.resolve("config.json"), "[".repeat(1_000_000));
    CommandResult.of("inspect", config).assertRefused("config.json");
  }

  private static CommandResult inspect(String file, String... options) {
    List<Object> args = new ArrayList<>(List.of("inspect", SmallModels.path(file)));
    args.addAll(List.of(options));
    return CommandResult.of(args.toArray());
  }
}
