package org.conv4j.keras.file;

import java.util.List;
import java.util.Optional;
import org.conv4j.keras.writer.Writer;

/**
 * Weights by layer, as legacy HDF5 files and TensorFlow.js order them. Within a layer the trainable
 * ones come first: batch normalisation has gamma, beta, moving mean, moving variance.
 *
 * <p>A legacy file lists every layer of the model in the model's order, and all weights of a nested
 * model under its name: they are matched by position. TensorFlow.js lists only layers with weights,
 * in any order and nested ones by themselves: they are matched by name.
 *
 * @param layers the layers in the file's order
 * @param writer what wrote the weights, if they tell it; it may be another writer than the
 *     configuration's
 */
public record LayerWeights(List<Group> layers, Optional<Writer> writer) implements ModelWeights {
  /**
   * Copies the list.
   *
   * @param layers see {@link #layers}
   * @param writer see {@link #writer}
   */
  public LayerWeights {
    layers = List.copyOf(layers);
  }

  /**
   * The weights of one layer.
   *
   * @param layer the layer's name
   * @param weights its weights in their order
   */
  public record Group(String layer, List<SavedWeight> weights) {
    /**
     * Copies the list.
     *
     * @param layer see {@link #layer}
     * @param weights see {@link #weights}
     */
    public Group {
      weights = List.copyOf(weights);
    }
  }
}
