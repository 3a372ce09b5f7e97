package org.conv4j.keras;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The layer classes that can be read, by the names that Keras has given them. */
final class LayerClasses {
  /**
   * One class.
   *
   * @param name Keras's name of it, whichever alias was asked for
   * @param reader makes layers of it
   */
  record Entry(String name, ClassReader reader) {}

  private final Map<String, Entry> entries = new TreeMap<>();

  /** Adds a class under its name and its aliases. */
  void add(String name, ClassReader reader, String... aliases) {
    Entry entry = new Entry(name, reader);
    entries.put(name, entry);
    for (String alias : aliases) {
      entries.put(alias, entry);
    }
  }

  /** The class of that name or alias, or null. */
  Entry get(String className) {
    return entries.get(className);
  }

  Set<String> names() {
    return entries.keySet();
  }
}
