package org.conv4j.keras;

import org.conv4j.layer.Layer;

/** Makes layers of one class from their configurations. */
@FunctionalInterface
interface ClassReader {
  /**
   * Makes a layer.
   *
   * @param config its arguments; those that are not asked for will be refused
   * @param name its name
   */
  Layer read(Config config, String name);
}
