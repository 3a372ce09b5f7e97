package org.conv4j.keras.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.file.SavedWeight;
import org.conv4j.keras.file.WeightTree;
import org.conv4j.keras.layer.LayerReader;
import org.conv4j.keras.layer.SavedVariables;
import org.conv4j.keras.model.Leaf;
import org.conv4j.keras.model.ModelPart;
import org.conv4j.keras.model.Part;
import org.conv4j.keras.operation.Operations;

/**
 * Fills layers with weights as Keras 3 saves them. A layer's place among those of its class in its
 * model makes its name in the file: {@code layers/conv2d_1} is the second Conv2D.
 */
public final class TreeFilling {
  private static final String LAYERS = "layers";

  /** So that it is an integer; no model has as many layers. */
  private static final int MAX_DIGITS = 8;

  private static final Pattern WORD = Pattern.compile("(.)([A-Z][a-z]+)");
  private static final Pattern CASE = Pattern.compile("([a-z])([A-Z])");

  private final WeightTree tree;
  private final String source;

  /** Models and layers themselves: to hash all that a model consists of would take its time. */
  private final Set<Object> filled = Collections.newSetFromMap(new IdentityHashMap<>());

  public TreeFilling(WeightTree tree, String source) {
    this.tree = tree;
    this.source = source;
  }

  public void fill(ModelPart model) {
    fill(model, "");
  }

  private void fill(ModelPart model, String path) {
    if (!filled.add(model)) {
      return;
    }
    String container = join(path, LAYERS);
    Set<String> superfluous = new HashSet<>(tree.children(container));
    Map<Part, String> names = names(model, container);
    for (Map.Entry<Part, String> entry : names.entrySet()) {
      superfluous.remove(entry.getValue());
      fill(entry.getKey(), join(container, entry.getValue()));
    }
    for (String name : superfluous) {
      if (!tree.variables(join(container, name)).isEmpty()) {
        throw new MalformedFileException(
            "%s has weights at '%s', but the model%s has no such layer."
                .formatted(
                    source,
                    join(container, name),
                    model.path().isEmpty() ? "" : " '" + model.path() + "'"));
      }
    }
  }

  private void fill(Part part, String path) {
    if (part instanceof Part.Nested nested) {
      fill(nested.model(), part.config().isModel() ? path : join(path, SavedVariables.WRAPPED));
    } else if (part instanceof Part.Single single && filled.add(single.leaf())) {
      fill(single.leaf(), path);
    }
  }

  private void fill(Leaf leaf, String path) {
    for (SavedVariables saved : LayerReader.saved(leaf.layer(), leaf.specs())) {
      List<SavedWeight> variables = tree.variables(join(path, saved.object()));
      if (variables.isEmpty() && !saved.object().isEmpty()) {
        variables = tree.variables(join(path, hidden(saved.object())));
      }
      leaf.fill(saved.names(), variables, source);
    }
  }

  /** In Keras 2, some attributes have names that begin with an underscore. */
  private static String hidden(String object) {
    int last = object.lastIndexOf('/') + 1;
    return object.substring(0, last) + "_" + object.substring(last);
  }

  /**
   * The names in the file. Where there are as many as layers of a class, their order tells more
   * than their numbers: Keras 2.13 counted some layers twice.
   */
  private Map<Part, String> names(ModelPart model, String container) {
    Map<String, List<Part>> byBase = new LinkedHashMap<>();
    Map<String, String> bases = new HashMap<>();
    for (Part part : model.parts()) {
      if (!Operations.isOperation(part.config()) && !isFirstOfChain(model, part)) {
        String base = bases.computeIfAbsent(part.config().className(), TreeFilling::snakeCase);
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
    String words = WORD.matcher(className.replaceAll("\\W+", "")).replaceAll("$1_$2");
    return CASE.matcher(words).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
  }

  private static String join(String path, String name) {
    return path.isEmpty() || name.isEmpty() ? path + name : path + "/" + name;
  }
}
