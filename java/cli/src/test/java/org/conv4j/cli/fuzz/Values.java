package org.conv4j.cli.fuzz;

import java.util.List;
import java.util.Random;
import org.conv4j.keras.json.ArrayNode;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.ObjectNode;

/** Random values of arguments: mostly sensible ones, now and then absurd ones. */
final class Values {
  private static final long[] EDGES = {
    -1,
    0,
    1,
    2,
    7,
    64,
    1024,
    65537,
    86046,
    1 << 20,
    1 << 30,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 31,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final List<JsonNode> ODD =
      List.of(
          JsonNode.NULL,
          JsonNode.of(1e300),
          JsonNode.of(Double.NaN),
          JsonNode.of(Double.NEGATIVE_INFINITY),
          JsonNode.of(-1e-30),
          JsonNode.of(0.5),
          JsonNode.of("x"),
          JsonNode.of(""),
          JsonNode.of(true),
          JsonNode.of(false),
          new ArrayNode(),
          new ArrayNode().add(1).add(-2),
          new ArrayNode().add(3).add(2).add(1),
          new ArrayNode().add(new ArrayNode().add(1).add(2)),
          new ObjectNode());

  final Random random;

  /** How likely an argument is absurd. */
  private final double absurd;

  Values(Random random, double absurd) {
    this.random = random;
    this.absurd = absurd;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  String of(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** The same number for all axes, or one for each. */
  JsonNode tuple(int rank, int least, int most) {
    if (chance(0.3)) {
      return JsonNode.of(between(least, most));
    }
    ArrayNode list = new ArrayNode();
    for (int i = 0; i < rank; i++) {
      list.add(between(least, most));
    }
    return list;
  }

  JsonNode real() {
    double[] usual = {0, 1, -1, 0.5, 2, 0.1, 1e-3, 6, random.nextGaussian()};
    return JsonNode.of(usual[random.nextInt(usual.length)]);
  }

  /** A number that is not negative. */
  JsonNode factor() {
    double[] usual = {0, 1, 0.5, 2, 0.1, 1e-3, 6, random.nextDouble()};
    return JsonNode.of(usual[random.nextInt(usual.length)]);
  }

  /** Replaces some of the numbers, texts and lists of a configuration. */
  void disturb(ObjectNode config) {
    for (String key : List.copyOf(config.properties().stream().map(e -> e.getKey()).toList())) {
      if (!key.equals("name") && !key.equals("layers") && chance(absurd)) {
        config.set(key, disturbed(config.get(key)));
      }
    }
  }

  private JsonNode disturbed(JsonNode value) {
    if (value instanceof ArrayNode list && !list.isEmpty() && chance(0.6)) {
      ArrayNode changed = list.deepCopy();
      changed.set(random.nextInt(list.size()), edge());
      return changed;
    }
    return chance(0.6) ? edge() : of(ODD).deepCopy();
  }

  private JsonNode edge() {
    return JsonNode.of(EDGES[random.nextInt(EDGES.length)]);
  }
}
