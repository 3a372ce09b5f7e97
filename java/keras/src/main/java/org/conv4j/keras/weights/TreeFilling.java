package org.conv4j.keras.weights;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.file.SavedWeight;
import org.conv4j.keras.file.WeightTree;
import org.conv4j.keras.layer.SavedVariables;
import org.conv4j.keras.model.Leaf;
import org.conv4j.keras.model.ModelPart;
import org.conv4j.keras.model.Part;

/**
 * Fills layers with weights as Keras 3 saves them. A layer's place among those of its class in its
 * model makes its name in the file: {@code layers/conv2d_1} is the second Conv2D.
 */
public final class TreeFilling {
  static final String LAYERS = "layers";

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
    Map<Part, String> names = TreeNames.of(tree, model, container);
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
    for (SavedVariables saved : leaf.saved()) {
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

  static String join(String path, String name) {
    return path.isEmpty() || name.isEmpty() ? path + name : path + "/" + name;
  }
}
