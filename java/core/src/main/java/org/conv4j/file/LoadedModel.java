package org.conv4j.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.tensor.DataType;

/**
 * A model that was loaded from a file. Its {@link #model} may have its weights in the file and read
 * them when a plan is compiled, so that the file must not change meanwhile. {@link #close} closes
 * the file, after which no plan can be compiled, while plans that exist go on working. Not
 * thread-safe while it is closed; everything else is.
 */
public interface LoadedModel extends AutoCloseable {
  /**
   * Returns the name that the model has in its file.
   *
   * @return the name
   */
  String name();

  /**
   * Returns the graph of layers with their weights.
   *
   * @return the model, nested models written out
   */
  Model model();

  /**
   * Returns what the model takes.
   *
   * @return its inputs with their names, in the file's order
   */
  default List<InputSpec> inputs() {
    return model().inputs();
  }

  /**
   * Returns the names of what the model takes.
   *
   * @return the inputs' names, all different, in the file's order
   */
  default List<String> inputNames() {
    List<String> names = new ArrayList<>();
    for (InputSpec input : inputs()) {
      names.add(input.name());
    }
    return names;
  }

  /**
   * Returns the names of what the model returns.
   *
   * @return the outputs' names, all different, in the file's order
   */
  default List<String> outputNames() {
    return model().outputNames();
  }

  /**
   * Returns the type that the model was made to be computed with.
   *
   * @return float64 if any part of it needs that, else float32, also for half and mixed precision
   */
  DataType dataType();

  /**
   * Lists the layers as a summary prints them, inputs included; those of a nested model follow it.
   *
   * @return the rows
   */
  List<LayerSummary> layers();

  /**
   * Returns how many numbers are in the weights; shared layers count once.
   *
   * @return the number of parameters
   */
  ParameterCount parameters();

  /**
   * Returns the kind of file that the model comes from.
   *
   * @return a word for programs, such as {@code KERAS_ARCHIVE}
   */
  String format();

  /**
   * Returns the program that wrote the file.
   *
   * @return its name, with its version if that is known, such as {@code Keras 3.15.1}
   */
  Optional<String> writer();

  /**
   * Returns what else the file says about the model.
   *
   * @return texts by the format's own names for them
   */
  default Map<String, String> metadata() {
    return Map.of();
  }

  /** Closes the file. A second call does nothing. */
  @Override
  void close();
}
