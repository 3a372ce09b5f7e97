package org.conv4j.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names that are to be different. */
public final class Names {
  private Names() {}

  /**
   * Makes names different that are not, by numbers behind those that come again.
   *
   * @param names some names
   * @return for each, itself or, if it is taken, {@code name_1} and so on
   */
  public static List<String> distinct(List<String> names) {
    Set<String> taken = new HashSet<>();
    Map<String, Integer> numbers = new HashMap<>();
    List<String> distinct = new ArrayList<>(names.size());
    for (String name : names) {
      String candidate = name;
      while (!taken.add(candidate)) {
        candidate = name + "_" + numbers.merge(name, 1, Integer::sum);
      }
      distinct.add(candidate);
    }
    return distinct;
  }
}
