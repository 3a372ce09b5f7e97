package org.conv4j.keras;

import org.conv4j.layer.Layer;

/**
 * Makes layers of some classes from their configurations. One object reads several classes: one
 * lambda for each, linked before any is needed, would take a twentieth of a model's start.
 */
interface ClassReader {
  /**
   * Makes a layer.
   *
   * @param className which of the classes, by the name that it was added with
   * @param config its arguments; those that are not asked for will be refused
   * @param name its name
   */
  Layer read(String className, Config config, String name);
}
