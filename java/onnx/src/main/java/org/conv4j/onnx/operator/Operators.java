package org.conv4j.onnx.operator;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.conv4j.onnx.call.Family;
import org.conv4j.onnx.product.MatrixProducts;
import org.conv4j.onnx.recurrent.Recurrents;

/** The table of all operators: a family that is not listed here does not exist. */
public final class Operators {
  /** The last version of the operators that was looked at. */
  public static final int NEWEST = 26;

  private static final Family[] FAMILIES = {
    new Activations(),
    new Arithmetic(),
    new Conditions(),
    new Convolutions(),
    new MatrixProducts(),
    new Movements(),
    new Normalizations(),
    new Pools(),
    new Recurrents(),
    new Reductions(),
    new Repetitions(),
    new Reshapes(),
    new Resizes(),
    new Scatters(),
    new Selections(),
  };

  private static final Map<String, Family> BY_NAME = byName();

  private Operators() {}

  private static Map<String, Family> byName() {
    Map<String, Family> found = new HashMap<>();
    for (Family family : FAMILIES) {
      for (String entry : family.operators()) {
        found.put(entry.substring(0, entry.indexOf(' ')), family);
      }
    }
    return found;
  }

  /** Whether an operator can become a layer. */
  public static boolean knows(String operator) {
    return BY_NAME.containsKey(operator);
  }

  static Family family(String operator) {
    return BY_NAME.get(operator);
  }

  /** The versions of the definition of each operator that are supported, by name. */
  public static Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    for (Family family : FAMILIES) {
      for (String entry : family.operators()) {
        int end = entry.indexOf(' ');
        versions.put(entry.substring(0, end), entry.substring(end + 1).replace(" ", ", "));
      }
    }
    return versions;
  }
}
