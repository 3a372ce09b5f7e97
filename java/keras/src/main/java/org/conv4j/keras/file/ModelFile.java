package org.conv4j.keras.file;

import java.nio.file.Path;
import java.util.Optional;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.file.ModelSource;
import org.conv4j.keras.writer.Writer;

/**
 * A file that holds a whole Keras model: its configuration as JSON, and its weights. Owns the open
 * file and what was read from it; {@link #close} frees both. Not thread-safe.
 */
public final class ModelFile implements AutoCloseable {
  private final OpenFile open;
  private final ModelFormat format;
  private final String configJson;
  private final String kerasVersion;
  private final Writer writer;
  private final ModelWeights weights;

  ModelFile(
      OpenFile open,
      ModelFormat format,
      String configJson,
      String kerasVersion,
      Writer writer,
      ModelWeights weights) {
    this.open = open;
    this.format = format;
    this.configJson = configJson;
    this.kerasVersion = kerasVersion;
    this.writer = writer;
    this.weights = weights;
  }

  /**
   * Returns whether something looks like one of these files.
   *
   * @param source a file, a folder or bytes in memory
   * @return true if its first bytes, its directory or the names in the folder are those of a format
   * @throws FileAccessException if there is no such file, or it cannot be read
   */
  public static boolean accepts(ModelSource source) {
    return ModelOpener.accepts(source);
  }

  /**
   * Opens a model, whatever its format; the content counts, not the name.
   *
   * @param path a {@code .keras} or {@code .h5} file, a {@code model.json} of TensorFlow.js, a
   *     {@code config.json} or {@code model.weights.h5} with the other one beside it, or the folder
   *     that holds such files
   * @return the model, which the caller closes
   * @throws FileAccessException if a file is missing or cannot be read
   * @throws MalformedFileException if it is no sound model
   */
  public static ModelFile open(Path path) {
    return ModelOpener.open(path);
  }

  /**
   * Opens a model whose configuration and weights are apart.
   *
   * @param config the JSON text that Keras's {@code to_json} returns
   * @param weights a {@code .weights.h5} file, the {@code .weights.json} of a sharded one, or a
   *     legacy {@code .h5} file of weights
   * @return the model, which the caller closes
   * @throws FileAccessException if a file is missing or cannot be read
   * @throws MalformedFileException if it is no sound model
   */
  public static ModelFile open(Path config, Path weights) {
    return ModelOpener.open(config, weights);
  }

  /**
   * Opens weights for a configuration that is in memory.
   *
   * @param config the JSON text that Keras's {@code to_json} returns
   * @param weights a {@code .weights.h5} file, the {@code .weights.json} of a sharded one, or a
   *     legacy {@code .h5} file of weights
   * @return the model, which the caller closes
   * @throws FileAccessException if a file is missing or cannot be read
   * @throws MalformedFileException if it is no sound model
   */
  public static ModelFile openWeights(String config, Path weights) {
    return ModelOpener.openWeights(config, weights);
  }

  /**
   * Opens a model that is in memory already.
   *
   * @param content a {@code .keras} or {@code .h5} file; not copied, so it must not change until
   *     the model is closed
   * @param source what messages call it
   * @return the model, which the caller closes
   * @throws MalformedFileException if it is no sound model
   */
  public static ModelFile open(byte[] content, String source) {
    return ModelOpener.open(content, source);
  }

  /**
   * Returns the kind of file.
   *
   * @return the format
   */
  public ModelFormat format() {
    return format;
  }

  /**
   * Returns what messages call this model.
   *
   * @return the path that was opened, or the name that the content was given
   */
  public String source() {
    return open.source();
  }

  /**
   * Returns the model's configuration.
   *
   * @return a JSON object with {@code class_name} and {@code config}, not yet checked
   */
  public String configJson() {
    return configJson;
  }

  /**
   * Returns the version of Keras that wrote the file.
   *
   * @return for example {@code 3.15.1}, if the file tells it
   */
  public Optional<String> kerasVersion() {
    return Optional.ofNullable(kerasVersion);
  }

  /**
   * Returns what wrote the model.
   *
   * @return the writer, if the file tells it; else the configuration does
   */
  public Optional<Writer> writer() {
    return Optional.ofNullable(writer);
  }

  /**
   * Returns the weights.
   *
   * @return a {@link WeightTree} for the formats of Keras 3, else {@link LayerWeights}
   */
  public ModelWeights weights() {
    return weights;
  }

  /** Closes the file and frees what was read from it. A second call does nothing. */
  @Override
  public void close() {
    open.close();
  }
}
