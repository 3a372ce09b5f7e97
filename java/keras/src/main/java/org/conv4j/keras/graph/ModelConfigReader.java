package org.conv4j.keras.graph;

import java.util.Set;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.json.JsonNode;

/** Reads the configurations of models. */
public final class ModelConfigReader {
  private static final Set<String> FUNCTIONAL = Set.of("Functional", "Model");
  private static final String SEQUENTIAL = "Sequential";

  /** Far deeper than people nest models, and shallow enough for recursion. */
  private static final int MAX_DEPTH = 16;

  private final String source;
  private final int depth;

  private ModelConfigReader(String source, int depth) {
    this.source = source;
    this.depth = depth;
  }

  /**
   * Reads a model.
   *
   * @param json an object with {@code class_name} and {@code config}
   * @param source what messages call it, for example a file's name
   * @return the model
   * @throws MalformedFileException if it is no model
   * @throws InvalidLayerException if it is a model of a class of its own
   */
  public static ModelConfig read(JsonNode json, String source) {
    String className = json.path("class_name").asText();
    ModelConfigReader reader = new ModelConfigReader(source, 0);
    if (!isModel(json)) {
      throw new InvalidLayerException(
          "%s holds an object of class '%s'; only Functional and Sequential models can be read."
              .formatted(source, className));
    }
    return reader.model(json);
  }

  static boolean isModel(JsonNode json) {
    String className = json.path("class_name").asText();
    JsonNode config = json.path("config");
    boolean known = FUNCTIONAL.contains(className) || className.equals(SEQUENTIAL);
    return known && (config.path("layers").isArray() || config.isArray());
  }

  private ModelConfig model(JsonNode json) {
    return json.path("class_name").asText().equals(SEQUENTIAL)
        ? new SequentialReader(this).read(json)
        : new FunctionalReader(this, json).read();
  }

  ModelConfig nested(JsonNode json, String path) {
    if (depth == MAX_DEPTH) {
      throw malformed("models are nested more than " + MAX_DEPTH + " deep");
    }
    return new ModelConfigReader(source + ", model '" + path + "'", depth + 1).model(json);
  }

  MalformedFileException malformed(String problem) {
    return new MalformedFileException(source + ": " + problem + ".");
  }
}
