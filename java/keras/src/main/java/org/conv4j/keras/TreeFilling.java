package org.conv4j.keras;

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

/**
 * Fills layers with weights as Keras 3 saves them. A layer's place among those of its class in its
 * model makes its name in the file: {@code layers/conv2d_1} is the second Conv2D.
 */
final class TreeFilling {
  private static final String LAYERS = "layers";

  /** The attribute of wrappers that holds what they wrap. */
  private static final String WRAPPED = "layer";

  private static final Pattern WORD = Pattern.compile("(.)([A-Z][a-z]+)");
  private static final Pattern CASE = Pattern.compile("([a-z])([A-Z])");
  private static final Pattern NUMBER = Pattern.compile("_[0-9]{1,8}");

  private final WeightTree tree;
  private final String source;

  /** Models and layers themselves: to hash all that a model consists of would take its time. */
  private final Set<Object> filled = Collections.newSetFromMap(new IdentityHashMap<>());

  TreeFilling(WeightTree tree, String source) {
    this.tree = tree;
    this.source = source;
  }

  void fill(ModelPart model) {
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
    if (part.model() != null) {
      fill(part.model(), part.config().isModel() ? path : join(path, WRAPPED));
      return;
    }
    Leaf leaf = part.leaf();
    if (leaf == null || !filled.add(leaf)) {
      return;
    }
    List<SavedWeight> variables = tree.variables(path);
    if (variables.isEmpty()) {
      variables = tree.variables(join(path, WRAPPED));
    }
    leaf.fill(variables, source);
  }

  /**
   * The names in the file. Where there are as many as layers of a class, their order tells more
   * than their numbers: Keras 2.13 counted some layers twice.
   */
  private Map<Part, String> names(ModelPart model, String container) {
    Map<String, List<Part>> byClass = new LinkedHashMap<>();
    for (Part part : model.parts()) {
      if (!Operations.isOperation(part.config()) && !isFirstOfChain(model, part)) {
        byClass
            .computeIfAbsent(snakeCase(part.config().className()), name -> new ArrayList<>())
            .add(part);
      }
    }
    Map<String, List<String>> saved = new HashMap<>();
    for (String name : tree.children(container)) {
      saved.computeIfAbsent(name, key -> new ArrayList<>()).add(name);
      String base = name.substring(0, Math.max(0, name.lastIndexOf('_')));
      if (NUMBER.matcher(name.substring(base.length())).matches()) {
        saved.computeIfAbsent(base, key -> new ArrayList<>()).add(name);
      }
    }
    Map<Part, String> names = new LinkedHashMap<>();
    byClass.forEach((base, parts) -> name(base, parts, saved.getOrDefault(base, List.of()), names));
    return names;
  }

  private static void name(
      String base, List<Part> parts, List<String> saved, Map<Part, String> names) {
    List<String> ordered =
        saved.stream().sorted((a, b) -> Integer.compare(number(base, a), number(base, b))).toList();
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
    return path.isEmpty() ? name : path + "/" + name;
  }
}
