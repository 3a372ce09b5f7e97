package org.conv4j.keras.layer;

import java.util.List;
import org.conv4j.layer.Layer;
import org.conv4j.weights.WeightSpec;

/**
 * Makes layers of some classes from their configurations. One object reads several classes: one
 * lambda for each, linked before any is needed, would take a twentieth of a model's start.
 */
interface ClassReader {
  /** What most layers call what they take. */
  List<String> INPUTS = List.of("inputs");

  /** What layers call the mask of a sequence, which comes last of what they take. */
  String MASK = "mask";

  /**
   * Makes a layer.
   *
   * @param className which of the classes, by the name that it was added with
   * @param config its arguments; those that are not asked for will be refused
   * @param name its name
   */
  Layer read(String className, Config config, String name);

  /**
   * Names the arguments of a call that may be tensors, in the order in which the layers take them.
   * Layers call the first one as they like.
   */
  default List<String> tensorArguments() {
    return INPUTS;
  }

  /**
   * Says where Keras 3 keeps the weights of a layer of these classes.
   *
   * @param layer the layer
   * @param specs its weights
   * @return the objects that have them; what is saved twice counts where it comes last
   */
  default List<SavedVariables> saved(Layer layer, List<WeightSpec> specs) {
    return SavedVariables.own(specs);
  }
}
