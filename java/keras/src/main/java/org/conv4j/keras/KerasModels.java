package org.conv4j.keras;

import java.nio.file.Path;
import java.util.List;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.layer.Layer;
import org.conv4j.limit.Limits;
import org.conv4j.model.InputSpec;

/**
 * Loads whole Keras models, which {@link org.conv4j.file.Models} loads, too, and Keras's weights
 * without a configuration: {@code .keras} archives of Keras 3, HDF5 files of Keras 2 and 3, a
 * {@code config.json} with a {@code model.weights.h5}, and layers-models of TensorFlow.js.
 *
 * <pre>
 * try (KerasModel loaded = KerasModels.load(Path.of("model.keras"))) {
 *   Model model = loaded.model();
 *   ...
 * }
 * </pre>
 */
public final class KerasModels {
  private KerasModels() {}

  /**
   * Starts to say how a model is read, in particular what its custom layers compute.
   *
   * @return a loader without readers of its own
   */
  public static KerasLoader reader() {
    return KerasLoader.DEFAULT;
  }

  /**
   * Loads a model, whatever its format; the content counts, not the name.
   *
   * @param path a {@code .keras} or {@code .h5} file, a {@code model.json} of TensorFlow.js, a
   *     {@code config.json} or {@code model.weights.h5} with the other one beside it, or the folder
   *     that holds such files
   * @return the model, which the caller closes when its plans are compiled
   * @throws FileAccessException if a file is missing or cannot be read
   * @throws MalformedFileException if the file is no sound model: damaged, with a graph that has
   *     circles or loose ends, or with weights that do not fit its layers
   * @throws InvalidLayerException if it has a layer that Keras would refuse, or conv4j cannot run
   * @throws org.conv4j.error.ShapeMismatchException if its layers do not fit together
   * @throws org.conv4j.error.LimitExceededException if it takes more than {@link Limits#DEFAULT}
   */
  public static KerasModel load(Path path) {
    return load(path, Limits.DEFAULT);
  }

  /**
   * Loads a model within limits of one's own.
   *
   * @param path as in {@link #load(Path)}
   * @param limits how much the model may take while it is loaded
   * @return the model, which the caller closes when its plans are compiled
   * @throws org.conv4j.error.LimitExceededException if it takes more
   * @throws org.conv4j.error.Conv4jException as {@link #load(Path)} does
   */
  public static KerasModel load(Path path, Limits limits) {
    return KerasLoader.DEFAULT.limits(limits).load(path);
  }

  /**
   * Loads a model whose configuration and weights are apart.
   *
   * @param config the JSON text that Keras's {@code to_json} returns
   * @param weights a {@code .weights.h5} file, the {@code .weights.json} of a sharded one, or a
   *     legacy {@code .h5} file of weights
   * @return the model, which the caller closes when its plans are compiled
   * @throws org.conv4j.error.Conv4jException as {@link #load(Path)} does
   */
  public static KerasModel load(Path config, Path weights) {
    return KerasLoader.DEFAULT.load(config, weights);
  }

  /**
   * Loads a model that is in memory already, for example from a resource of a jar.
   *
   * @param content a {@code .keras} or {@code .h5} file; not copied, so it must not change until
   *     the model is closed
   * @param source what messages call it, for example the resource's name
   * @return the model, which the caller closes when its plans are compiled
   * @throws org.conv4j.error.Conv4jException as {@link #load(Path)} does
   */
  public static KerasModel load(byte[] content, String source) {
    return load(content, source, Limits.DEFAULT);
  }

  /**
   * Loads a model that is in memory already, within limits of one's own.
   *
   * @param content as in {@link #load(byte[], String)}
   * @param source what messages call it, for example the resource's name
   * @param limits how much the model may take while it is loaded
   * @return the model, which the caller closes when its plans are compiled
   * @throws org.conv4j.error.LimitExceededException if it takes more
   * @throws org.conv4j.error.Conv4jException as {@link #load(Path)} does
   */
  public static KerasModel load(byte[] content, String source, Limits limits) {
    return KerasLoader.DEFAULT.limits(limits).load(content, source);
  }

  /**
   * Loads weights alone into layers that the program describes.
   *
   * @param config the JSON text of a model, as Keras's {@code to_json} returns it; a chain of
   *     layers is {@code {"class_name": "Sequential", "config": {"layers": [...]}}}
   * @param weights a {@code .weights.h5} file, the {@code .weights.json} of a sharded one, or a
   *     legacy {@code .h5} file of weights
   * @return the model, which the caller closes when its plans are compiled
   * @throws org.conv4j.error.Conv4jException as {@link #load(Path)} does
   */
  public static KerasModel loadWeights(String config, Path weights) {
    return KerasLoader.DEFAULT.loadWeights(config, weights);
  }

  /**
   * Loads weights alone into a chain of layers that the program has made.
   *
   * @param input what the first layer is given
   * @param layers the layers in Keras's order, each with a name of its own; those without weights
   *     are needed too
   * @param weights a {@code .weights.h5} file, the {@code .weights.json} of a sharded one, or a
   *     legacy {@code .h5} file of weights
   * @return the model, which the caller closes when its plans are compiled
   * @throws MalformedFileException if the weights do not fit the layers, or two layers have one
   *     name
   * @throws org.conv4j.error.Conv4jException as {@link #load(Path)} does
   */
  public static KerasModel loadWeights(InputSpec input, List<Layer> layers, Path weights) {
    return KerasLoader.DEFAULT.loadWeights(input, layers, weights);
  }
}
