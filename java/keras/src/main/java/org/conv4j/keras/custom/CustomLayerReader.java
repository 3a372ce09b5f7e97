package org.conv4j.keras.custom;

/**
 * Says what the layers of one custom class compute. Called once for each layer of the class while a
 * model is loaded, by the thread that loads it.
 */
@FunctionalInterface
public interface CustomLayerReader {
  /**
   * Makes a layer.
   *
   * @param config its name and arguments, as its {@code get_config} returned them
   * @param weights its variables, all of which are to be read
   * @return what computes it
   */
  CustomLayer read(LayerArguments config, LayerVariables weights);
}
