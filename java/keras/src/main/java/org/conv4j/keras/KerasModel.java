package org.conv4j.keras;

import java.util.List;
import java.util.Optional;
import org.conv4j.keras.file.ModelFile;
import org.conv4j.keras.file.ModelFormat;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.tensor.DataType;

/**
 * A Keras model that was loaded from a file. Its {@link #model} has its weights in the file and
 * reads them when a plan is compiled; the checksum that an archive has was verified when it was
 * loaded. The file must not change meanwhile: compiling would end with {@link
 * org.conv4j.error.MalformedFileException}. {@link #close} closes the file, after which no plan can
 * be compiled, while plans that exist go on working. Not thread-safe while it is closed; everything
 * else is.
 */
public final class KerasModel implements AutoCloseable {
  private final ModelFile file;
  private final String name;
  private final Model model;
  private final List<Leaf> leaves;
  private final List<LayerSummary> layers;

  KerasModel(
      ModelFile file, String name, Model model, List<Leaf> leaves, List<LayerSummary> layers) {
    this.file = file;
    this.name = name;
    this.model = model;
    this.leaves = leaves;
    this.layers = List.copyOf(layers);
  }

  /**
   * Returns the name that the model has in Keras.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Returns the graph of layers with their weights.
   *
   * @return the model, nested models written out
   */
  public Model model() {
    return model;
  }

  /**
   * Returns what the model takes.
   *
   * @return its inputs, in Keras's order: dictionaries by their sorted keys
   */
  public List<InputSpec> inputs() {
    return model.inputs();
  }

  /**
   * Returns what Keras calls that which the model returns: the keys of a dictionary, else the names
   * of layers.
   *
   * @return the outputs' names, all different, in Keras's order
   */
  public List<String> outputNames() {
    return model.outputNames();
  }

  /**
   * Returns the type that Keras computes the model with.
   *
   * @return float64 if any layer does, else float32, also for half and mixed precision
   */
  public DataType dataType() {
    boolean wide = leaves.stream().anyMatch(leaf -> leaf.dataType() == DataType.FLOAT64);
    return wide ? DataType.FLOAT64 : DataType.FLOAT32;
  }

  /**
   * Returns how many numbers are in the weights, as Keras's summary counts them; shared layers
   * count once.
   *
   * @return the number of parameters
   */
  public ParameterCount parameters() {
    return leaves.stream().map(Leaf::parameters).reduce(ParameterCount.NONE, ParameterCount::plus);
  }

  /**
   * Returns the layers as Keras's summary lists them, inputs included; those of a nested model
   * follow it.
   *
   * @return the rows
   */
  public List<LayerSummary> layers() {
    return layers;
  }

  /**
   * Returns the kind of file that the model comes from.
   *
   * @return the format
   */
  public ModelFormat format() {
    return file.format();
  }

  /**
   * Returns the version of Keras that wrote the file.
   *
   * @return for example {@code 3.15.1}, if the file tells it
   */
  public Optional<String> kerasVersion() {
    return file.kerasVersion();
  }

  /** Closes the file. A second call does nothing. */
  @Override
  public void close() {
    file.close();
  }
}
