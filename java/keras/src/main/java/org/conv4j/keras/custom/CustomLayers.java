package org.conv4j.keras.custom;

import java.util.Map;

/**
 * Readers of custom layers that a jar brings along, found with {@link java.util.ServiceLoader}: a
 * jar names its own in {@code META-INF/services/org.conv4j.keras.custom.CustomLayers}, a module
 * provides it. They are asked for classes that neither the program's own readers nor conv4j know.
 */
public interface CustomLayers {
  /**
   * Returns the readers.
   *
   * @return readers by class: {@code package>Name}, {@code Name} or {@code Lambda}
   */
  Map<String, CustomLayerReader> readers();
}
