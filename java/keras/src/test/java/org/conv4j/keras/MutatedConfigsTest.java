package org.conv4j.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.conv4j.error.Conv4jException;
import org.conv4j.keras.file.ModelFile;
import org.conv4j.keras.graph.ModelConfigReader;
import org.conv4j.keras.json.ArrayNode;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.KerasJson;
import org.conv4j.keras.json.ObjectNode;
import org.conv4j.keras.model.FlatGraph;
import org.conv4j.keras.model.ModelPart;
import org.conv4j.keras.model.PartReader;
import org.conv4j.keras.model.ShapeInference;
import org.conv4j.keras.writer.Writer;
import org.conv4j.limit.Limits;

/** Configurations of real models with parts lost, repeated, moved or replaced. */
class MutatedConfigsTest {
  private static final List<JsonNode> CONFIGS =
      List.of(
          config("operations.keras"),
          config("operation_shapes.keras"),
          config("nested.h5"),
          config("dictionaries.keras"),
          config("keras2_operators.h5"),
          config("keras2_graph.h5"),
          config("time_distributed.keras"),
          config("layer_mix_2d.keras"));

  private static final List<JsonNode> VALUES =
      List.of(
          JsonNode.NULL,
          JsonNode.of(-1),
          JsonNode.of(0),
          JsonNode.of(2),
          JsonNode.of(Integer.MAX_VALUE),
          JsonNode.of(Long.MAX_VALUE),
          JsonNode.of(1e300),
          JsonNode.of(Double.NaN),
          JsonNode.of("x"),
          JsonNode.of(true),
          new ArrayNode(),
          new ArrayNode().add(1).add(2),
          new ObjectNode());

  private static JsonNode config(String file) {
    Path path = Path.of("src", "test", "resources", "models", file);
    try (ModelFile model = ModelFile.open(path)) {
      return KerasJson.object(model.configJson(), file);
    }
  }

  @Property(tries = 2000)
  void areReadOrRefused(@ForAll long seed) {
    Random random = new Random(seed);
    JsonNode config = CONFIGS.get(random.nextInt(CONFIGS.size())).deepCopy();
    for (int i = random.nextInt(3); i >= 0; i--) {
      mutate(config, random);
    }
    try {
      ModelPart model =
          new PartReader("config", Writer.KERAS_3, Limits.DEFAULT)
              .read(ModelConfigReader.read(config, "config"));
      FlatGraph graph = new FlatGraph("config", model, Limits.DEFAULT);
      new ShapeInference("config", graph, model).infer();
    } catch (Conv4jException refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }

  private static void mutate(JsonNode root, Random random) {
    List<JsonNode> containers = new ArrayList<>();
    Deque<JsonNode> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      JsonNode node = open.pop();
      if (node.isContainerNode() && !node.isEmpty()) {
        containers.add(node);
      }
      node.forEach(open::push);
    }
    if (containers.isEmpty()) {
      // An earlier mutation has left nothing of the model.
      return;
    }
    JsonNode another = containers.get(random.nextInt(containers.size())).deepCopy();
    JsonNode value =
        random.nextBoolean() ? VALUES.get(random.nextInt(VALUES.size())).deepCopy() : another;
    JsonNode container = containers.get(random.nextInt(containers.size()));
    int position = random.nextInt(container.size());
    if (container instanceof ArrayNode list) {
      switch (random.nextInt(3)) {
        case 0 -> list.remove(position);
        case 1 -> list.add(list.get(position).deepCopy());
        default -> list.set(position, value);
      }
    } else if (container instanceof ObjectNode object) {
      String key = new ArrayList<>(object.properties()).get(position).getKey();
      if (random.nextInt(4) == 0) {
        object.remove(key);
      } else {
        object.set(key, value);
      }
    }
  }
}
