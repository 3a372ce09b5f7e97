package org.conv4j.keras.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.file.LayerWeights;
import org.conv4j.keras.file.ModelWeights;
import org.conv4j.keras.file.SavedWeight;
import org.conv4j.keras.file.WeightTree;
import org.conv4j.keras.layer.SavedVariables;
import org.conv4j.keras.model.Leaf;
import org.conv4j.keras.model.ModelPart;
import org.conv4j.keras.model.Part;
import org.conv4j.weights.Constant;
import org.conv4j.weights.WeightSpec;

/** Finds the variables of custom layers, of which only the file tells which they are. */
public final class CustomVariables {
  /** Far more than layers hold; links in a file may form circles. */
  private static final int MAX_OBJECTS = 1000;

  /** What Keras 3 saves for layers that draw random numbers; no layer computes with it. */
  private static final String SEED = "seed_generator";

  private final ModelWeights weights;
  private final String source;
  private final Set<ModelPart> visited = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Prepares to find variables.
   *
   * @param weights the file's weights
   * @param source what messages call the file
   */
  public CustomVariables(ModelWeights weights, String source) {
    this.weights = weights;
    this.source = source;
  }

  /** Tells each custom layer its variables, and so what it is. */
  public void readInto(ModelPart model) {
    for (Leaf leaf : model.leaves()) {
      if (leaf.isOpen()) {
        if (weights instanceof WeightTree tree) {
          walk(tree, model, "");
        } else {
          walk((LayerWeights) weights, model, null);
        }
        return;
      }
    }
  }

  private void walk(WeightTree tree, ModelPart model, String path) {
    if (!visited.add(model)) {
      return;
    }
    String container = TreeFilling.join(path, TreeFilling.LAYERS);
    for (Map.Entry<Part, String> entry : TreeNames.of(tree, model, container).entrySet()) {
      String object = TreeFilling.join(container, entry.getValue());
      Part part = entry.getKey();
      if (part instanceof Part.Nested nested) {
        boolean whole = part.config().isModel();
        walk(tree, nested.model(), whole ? object : object + "/" + SavedVariables.WRAPPED);
      } else if (part instanceof Part.Single single && single.leaf().isOpen()) {
        read(tree, single.leaf(), object);
      }
    }
  }

  private void read(WeightTree tree, Leaf leaf, String path) {
    List<WeightSpec> specs = new ArrayList<>();
    List<Constant> constants = new ArrayList<>();
    List<SavedVariables> objects = new ArrayList<>();
    List<String> open = new ArrayList<>(List.of(""));
    for (int i = 0; i < open.size(); i++) {
      if (i == MAX_OBJECTS) {
        throw new MalformedFileException(
            "%s: layer '%s' holds more than %d objects."
                .formatted(source, leaf.path(), MAX_OBJECTS));
      }
      String object = open.get(i);
      List<String> names = new ArrayList<>();
      for (SavedWeight weight : tree.variables(TreeFilling.join(path, object))) {
        names.add(TreeFilling.join(object, weight.name()));
        specs.add(new WeightSpec(names.get(names.size() - 1), weight.shape()));
        constants.add(weight.constant());
      }
      objects.add(new SavedVariables(object, names));
      int next = i + 1;
      for (String child : tree.children(TreeFilling.join(path, object))) {
        if (!child.startsWith(SEED)) {
          open.add(next++, TreeFilling.join(object, child));
        }
      }
    }
    leaf.read(specs, constants, objects);
  }

  private void walk(LayerWeights layers, ModelPart model, Part top) {
    if (!visited.add(model)) {
      return;
    }
    for (Part part : model.parts()) {
      Part outermost = top == null ? part : top;
      if (part instanceof Part.Nested nested) {
        walk(layers, nested.model(), outermost);
      } else if (part instanceof Part.Single single && single.leaf().isOpen()) {
        read(find(layers, part, outermost), single.leaf(), part.name());
      }
    }
  }

  /** The weights of a layer: a group of their own, or among those of the outermost model. */
  private static List<SavedWeight> find(LayerWeights layers, Part part, Part outermost) {
    for (LayerWeights.Group group : layers.layers()) {
      if (group.layer().equals(outermost.name())) {
        return part == outermost ? group.weights() : inside(group.weights(), part.name());
      }
    }
    for (LayerWeights.Group group : layers.layers()) {
      if (group.layer().equals(part.path())
          || group.layer().equals(part.name())
          || group.layer().endsWith("/" + part.name())) {
        return group.weights();
      }
    }
    return List.of();
  }

  private static List<SavedWeight> inside(List<SavedWeight> weights, String layer) {
    List<SavedWeight> inside = new ArrayList<>();
    for (SavedWeight weight : weights) {
      if (("/" + weight.name()).contains("/" + layer + "/")) {
        inside.add(weight);
      }
    }
    return inside;
  }

  private static void read(List<SavedWeight> weights, Leaf leaf, String layer) {
    List<WeightSpec> specs = new ArrayList<>();
    List<Constant> constants = new ArrayList<>();
    for (SavedWeight weight : weights) {
      specs.add(new WeightSpec(VariableNames.inside(layer, weight.name()), weight.shape()));
      constants.add(weight.constant());
    }
    leaf.read(specs, constants, List.of());
  }
}
