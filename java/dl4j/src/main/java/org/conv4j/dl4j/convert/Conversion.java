package org.conv4j.dl4j.convert;

import java.util.List;
import org.conv4j.model.Model;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * What became of a network.
 *
 * @param model the network as a model, or null if there is something unsupported
 * @param weights copies of its weights, to be closed after the last plan is compiled
 * @param dataType what the network computes with
 * @param unsupported for each part that cannot be translated, its name, its class and why
 */
public record Conversion(
    Model model, List<Tensor> weights, DataType dataType, List<String> unsupported) {
  /**
   * Copies the lists.
   *
   * @param model see {@link #model}
   * @param weights see {@link #weights}
   * @param dataType see {@link #dataType}
   * @param unsupported see {@link #unsupported}
   */
  public Conversion {
    weights = List.copyOf(weights);
    unsupported = List.copyOf(unsupported);
  }
}
