package org.conv4j.keras.model;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.keras.custom.CustomLayerReader;
import org.conv4j.keras.custom.CustomLayers;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.service.Services;

/** All readers that a model can be loaded with. Not thread-safe. */
public final class CustomReaders {
  private final Map<String, CustomLayerReader> given;

  /** Looked for only when a class is not known: most models have none. */
  private Map<String, CustomLayerReader> found;

  /**
   * Takes the readers of a program.
   *
   * @param given readers by class, which come before conv4j's own
   */
  public CustomReaders(Map<String, CustomLayerReader> given) {
    this.given = Map.copyOf(given);
  }

  /**
   * Finds the program's own reader of a layer.
   *
   * @param layer what {@code keras.layers.serialize} returns
   * @return the reader, or null
   */
  public CustomLayerReader given(JsonNode layer) {
    return given.isEmpty() ? null : find(given, layer);
  }

  /**
   * Finds the reader of a layer that a jar brings along.
   *
   * @param layer what {@code keras.layers.serialize} returns
   * @return the reader, or null
   * @throws InvalidArgumentException if two jars read the same class
   */
  public CustomLayerReader provided(JsonNode layer) {
    if (found == null) {
      found = new LinkedHashMap<>();
      for (CustomLayers some :
          Services.of(
              CustomLayers.class, loader -> ServiceLoader.load(CustomLayers.class, loader))) {
        some.readers().forEach((name, reader) -> add(found, name, reader));
      }
    }
    return find(found, layer);
  }

  /**
   * Adds a reader to others.
   *
   * @param readers readers by class
   * @param className the class
   * @param reader its reader
   * @throws InvalidArgumentException if the class has one, or a name or reader is missing
   */
  public static void add(
      Map<String, CustomLayerReader> readers, String className, CustomLayerReader reader) {
    if (className == null || className.isEmpty() || reader == null) {
      throw new InvalidArgumentException(
          "A custom layer needs the name of its class and a reader; given '%s' and %s."
              .formatted(className, reader));
    }
    if (readers.putIfAbsent(className, reader) != null) {
      throw new InvalidArgumentException(
          "Two readers are given for the custom layer '" + className + "'; it can have one.");
    }
  }

  /**
   * Returns what a layer's class is called in messages, and in {@code layer(...)}.
   *
   * @param layer what {@code keras.layers.serialize} returns
   * @return {@code package>Name} if it is registered so, else its class
   */
  public static String name(JsonNode layer) {
    return names(layer).iterator().next();
  }

  private static CustomLayerReader find(Map<String, CustomLayerReader> readers, JsonNode layer) {
    for (String name : names(layer)) {
      if (readers.containsKey(name)) {
        return readers.get(name);
      }
    }
    return null;
  }

  /** The most exact one first; without the package comes last. */
  private static Set<String> names(JsonNode layer) {
    String registered = layer.path("registered_name").asText("");
    String className = layer.path("class_name").asText();
    Set<String> names = new LinkedHashSet<>();
    if (!registered.isEmpty()) {
      names.add(registered);
    }
    names.add(className);
    names.add(className.substring(className.indexOf('>') + 1));
    return names;
  }
}
