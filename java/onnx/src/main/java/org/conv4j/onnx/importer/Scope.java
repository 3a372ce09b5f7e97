package org.conv4j.onnx.importer;

import java.util.HashMap;
import java.util.Map;

/** The names that a graph defines; those of a branch see the ones around it. */
final class Scope {
  private final Scope outer;
  private final Map<String, Operand> names = new HashMap<>();

  Scope(Scope outer) {
    this.outer = outer;
  }

  /** What a name stands for, or null. */
  Operand find(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Operand operand = scope.names.get(name);
      if (operand != null) {
        return operand;
      }
    }
    return null;
  }

  /** Whether this graph itself defines a name. */
  boolean defines(String name) {
    return names.containsKey(name);
  }

  void define(String name, Operand operand) {
    names.put(name, operand);
  }
}
