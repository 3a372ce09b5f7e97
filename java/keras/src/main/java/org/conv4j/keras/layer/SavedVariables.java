package org.conv4j.keras.layer;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.weights.WeightSpec;

/**
 * Where Keras 3 keeps some of a layer's weights in its tree of objects.
 *
 * @param object the path from the layer's object to the one that has them; empty for its own
 * @param names which weights, in the order of the object's variables
 */
public record SavedVariables(String object, List<String> names) {
  /** Keras's attribute of wrappers that holds what they wrap. */
  public static final String WRAPPED = "layer";

  /** Keras's attribute of layers that may be a layer itself. */
  static final String ACTIVATION = "activation";

  /** All weights as a layer's own. */
  static List<SavedVariables> own(List<WeightSpec> specs) {
    return List.of(of("", specs));
  }

  static SavedVariables of(String object, List<WeightSpec> specs) {
    List<String> names = new ArrayList<>();
    for (WeightSpec spec : specs) {
      names.add(spec.name());
    }
    return new SavedVariables(object, names);
  }

  /** The same in an object further inside. */
  static List<SavedVariables> inside(String object, List<SavedVariables> variables) {
    List<SavedVariables> inside = new ArrayList<>();
    for (SavedVariables some : variables) {
      String path = some.object().isEmpty() ? object : object + "/" + some.object();
      inside.add(new SavedVariables(path, some.names()));
    }
    return inside;
  }
}
