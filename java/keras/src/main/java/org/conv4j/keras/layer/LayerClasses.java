package org.conv4j.keras.layer;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The layer classes that can be read, by the names that Keras has given them. */
final class LayerClasses {
  /**
   * One class.
   *
   * @param name Keras's name of it, whichever alias was asked for
   * @param reader makes layers of it, given this name
   */
  record Entry(String name, ClassReader reader) {}

  private final Map<String, Entry> entries = new TreeMap<>();

  /** Adds classes that have one reader. */
  void add(ClassReader reader, String... names) {
    for (String name : names) {
      entries.put(name, new Entry(name, reader));
    }
  }

  /** Adds another name of a class. */
  void addAlias(String alias, String name) {
    entries.put(alias, entries.get(name));
  }

  /** The class of that name or alias, or null. */
  Entry get(String className) {
    return entries.get(className);
  }

  Set<String> names() {
    return entries.keySet();
  }
}
