package org.conv4j.keras.custom;

import java.util.List;
import org.conv4j.keras.json.KerasJson;
import org.conv4j.keras.layer.Config;
import org.conv4j.keras.writer.Writer;

/**
 * The name and the arguments of a layer, as its configuration has them. Code in it is text here,
 * and never run. Not thread-safe.
 */
public final class LayerArguments {
  private final String name;
  private final String className;
  private final String json;
  private final Config config;

  /**
   * Wraps a configuration; conv4j does so, and tests of readers may.
   *
   * @param name the layer's name
   * @param className its class
   * @param json its arguments, a JSON object
   * @param writer what wrote them
   */
  public LayerArguments(String name, String className, String json, Writer writer) {
    this.name = name;
    this.className = className;
    this.json = json;
    this.config = new Config("Layer '" + name + "'", KerasJson.object(json, name), writer);
  }

  /**
   * Returns the layer's name.
   *
   * @return the name, which tells one Lambda from another
   */
  public String name() {
    return name;
  }

  /**
   * Returns the layer's class.
   *
   * @return the class as the file names it, for example {@code Sampling}
   */
  public String className() {
    return className;
  }

  /**
   * Returns whether an argument is there.
   *
   * @param argument its name
   * @return false also if it is None
   */
  public boolean has(String argument) {
    return config.has(argument);
  }

  /**
   * Returns a whole number.
   *
   * @param argument its name
   * @return the number
   * @throws org.conv4j.error.InvalidLayerException if it is missing or something else
   */
  public int integer(String argument) {
    return config.number(argument);
  }

  /**
   * Returns a number.
   *
   * @param argument its name
   * @return the number
   * @throws org.conv4j.error.InvalidLayerException if it is missing or something else
   */
  public double number(String argument) {
    return config.real(argument);
  }

  /**
   * Returns several numbers.
   *
   * @param argument the name of a list, or of one number
   * @return the numbers
   * @throws org.conv4j.error.InvalidLayerException if it is missing or something else
   */
  public List<Double> numbers(String argument) {
    return config.reals(argument, null);
  }

  /**
   * Returns what is true or false.
   *
   * @param argument its name
   * @param otherwise the answer if it is missing
   * @return the flag
   * @throws org.conv4j.error.InvalidLayerException if it is something else
   */
  public boolean flag(String argument, boolean otherwise) {
    return config.flag(argument, otherwise);
  }

  /**
   * Returns a string.
   *
   * @param argument its name
   * @param otherwise the answer if it is missing
   * @return the string
   * @throws org.conv4j.error.InvalidLayerException if it is something else
   */
  public String text(String argument, String otherwise) {
    return config.text(argument, otherwise);
  }

  /**
   * Returns all arguments.
   *
   * @return a JSON object
   */
  public String json() {
    return json;
  }
}
