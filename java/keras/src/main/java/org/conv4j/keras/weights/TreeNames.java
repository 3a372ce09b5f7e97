package org.conv4j.keras.weights;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.conv4j.keras.file.WeightTree;
import org.conv4j.keras.model.ModelPart;
import org.conv4j.keras.model.Part;
import org.conv4j.keras.operation.Operations;

/** What a model's layers are called in the trees that Keras 3 saves. */
final class TreeNames {
  /** So that it is an integer; no model has as many layers. */
  private static final int MAX_DIGITS = 8;

  private static final Pattern WORD = Pattern.compile("(.)([A-Z][a-z]+)");
  private static final Pattern CASE = Pattern.compile("([a-z])([A-Z])");

  private TreeNames() {}

  /**
   * The names in the file. Where there are as many as layers of a class, their order tells more
   * than their numbers: Keras 2.13 counted some layers twice.
   */
  static Map<Part, String> of(WeightTree tree, ModelPart model, String container) {
    Map<String, List<Part>> byBase = new LinkedHashMap<>();
    Map<String, String> bases = new HashMap<>();
    for (Part part : model.parts()) {
      if (!Operations.isOperation(part.config()) && !isFirstOfChain(model, part)) {
        String base = bases.computeIfAbsent(part.config().className(), TreeNames::snakeCase);
        add(byBase, base, part);
      }
    }
    Map<String, List<String>> saved = new HashMap<>();
    for (String name : tree.children(container)) {
      add(saved, name, name);
      int base = Math.max(0, name.lastIndexOf('_'));
      if (isNumber(name, base)) {
        add(saved, name.substring(0, base), name);
      }
    }
    Map<Part, String> names = new LinkedHashMap<>();
    for (Map.Entry<String, List<Part>> entry : byBase.entrySet()) {
      String base = entry.getKey();
      name(base, entry.getValue(), saved.getOrDefault(base, List.of()), names);
    }
    return names;
  }

  private static <T> void add(Map<String, List<T>> lists, String key, T element) {
    List<T> list = lists.get(key);
    if (list == null) {
      list = new ArrayList<>();
      lists.put(key, list);
    }
    list.add(element);
  }

  /** Whether a name ends, from the underscore on, like {@code _12}. */
  private static boolean isNumber(String name, int underscore) {
    int digits = name.length() - underscore - 1;
    boolean number = digits > 0 && digits <= MAX_DIGITS && name.charAt(underscore) == '_';
    for (int i = underscore + 1; i < name.length() && number; i++) {
      number = name.charAt(i) >= '0' && name.charAt(i) <= '9';
    }
    return number;
  }

  private static void name(
      String base, List<Part> parts, List<String> saved, Map<Part, String> names) {
    List<String> ordered = new ArrayList<>(saved);
    ordered.sort((a, b) -> Integer.compare(number(base, a), number(base, b)));
    for (int i = 0; i < parts.size(); i++) {
      String exact = i == 0 ? base : base + "_" + i;
      names.put(parts.get(i), ordered.size() == parts.size() ? ordered.get(i) : exact);
    }
  }

  private static int number(String base, String name) {
    return name.equals(base) ? 0 : Integer.parseInt(name.substring(base.length() + 1));
  }

  private static boolean isFirstOfChain(ModelPart model, Part part) {
    return model.config().className().equals("Sequential") && part.config().isInput();
  }

  /** As Keras makes names of classes: BatchNormalization, batch_normalization. */
  static String snakeCase(String className) {
    String own = className.substring(className.indexOf('>') + 1);
    String words = WORD.matcher(own.replaceAll("\\W+", "")).replaceAll("$1_$2");
    return CASE.matcher(words).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
  }
}
