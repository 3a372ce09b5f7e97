package org.conv4j.keras;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.conv4j.file.LayerSummary;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.ParameterCount;
import org.conv4j.keras.file.ModelFile;
import org.conv4j.keras.model.Leaf;
import org.conv4j.keras.writer.Writer;
import org.conv4j.model.Model;
import org.conv4j.tensor.DataType;

/**
 * A Keras model that was loaded from a file. Its weights stay in the file; the checksum that an
 * archive has was verified when it was loaded. If the file changes, compiling ends with {@link
 * org.conv4j.error.MalformedFileException}.
 */
public final class KerasModel implements LoadedModel {
  private final ModelFile file;
  private final String name;
  private final Writer writer;
  private final Model model;
  private final List<Leaf> leaves;
  private final List<LayerSummary> layers;

  KerasModel(
      ModelFile file,
      String name,
      Writer writer,
      Model model,
      List<Leaf> leaves,
      List<LayerSummary> layers) {
    this.file = file;
    this.name = name;
    this.writer = writer;
    this.model = model;
    this.leaves = leaves;
    this.layers = List.copyOf(layers);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Model model() {
    return model;
  }

  @Override
  public DataType dataType() {
    for (Leaf leaf : leaves) {
      if (leaf.dataType() == DataType.FLOAT64) {
        return DataType.FLOAT64;
      }
    }
    return DataType.FLOAT32;
  }

  /**
   * Returns how many numbers are in the weights, as Keras's summary counts them; shared layers
   * count once.
   *
   * @return the number of parameters
   */
  @Override
  public ParameterCount parameters() {
    return Leaf.parameters(leaves);
  }

  /**
   * Returns the layers as Keras's summary lists them, inputs included; those of a nested model
   * follow it.
   *
   * @return the rows
   */
  @Override
  public List<LayerSummary> layers() {
    return layers;
  }

  @Override
  public String format() {
    return file.format().toString();
  }

  @Override
  public Optional<String> writer() {
    return Optional.of(writer.withVersion(file.kerasVersion()));
  }

  /**
   * Returns what the file says besides the model.
   *
   * @return {@code keras_version}, where the file tells it
   */
  @Override
  public Map<String, String> metadata() {
    Optional<String> version = kerasVersion();
    return version.isPresent() ? Map.of("keras_version", version.get()) : Map.of();
  }

  /**
   * Returns the version of Keras that wrote the file.
   *
   * @return for example {@code 3.15.1}, if the file tells it
   */
  public Optional<String> kerasVersion() {
    return file.kerasVersion();
  }

  @Override
  public void close() {
    file.close();
  }
}
