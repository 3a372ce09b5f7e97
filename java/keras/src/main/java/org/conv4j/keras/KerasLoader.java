package org.conv4j.keras;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.keras.custom.CustomLayerReader;
import org.conv4j.keras.file.ModelFile;
import org.conv4j.keras.model.CustomReaders;
import org.conv4j.layer.Layer;
import org.conv4j.limit.Limits;
import org.conv4j.model.InputSpec;

/**
 * Loads Keras models as {@link KerasModels} does, with limits of one's own and with readers for
 * layers that a file has no code for. Immutable, and safe for any thread if the readers are.
 */
public final class KerasLoader {
  static final KerasLoader DEFAULT = new KerasLoader(Map.of(), Limits.DEFAULT);

  private final Map<String, CustomLayerReader> readers;
  private final Limits limits;

  private KerasLoader(Map<String, CustomLayerReader> readers, Limits limits) {
    this.readers = readers;
    this.limits = limits;
  }

  /**
   * Says what layers of a class compute. The code in a file is never run.
   *
   * @param className the class: {@code my_package>Sampling} as it is registered, {@code Sampling}
   *     for a class of any package, {@code Lambda} for all functions, which their layers' names
   *     tell apart; one of Keras's own is then not read by conv4j
   * @param reader makes the layers
   * @return a changed copy
   * @throws InvalidArgumentException if the class has a reader already
   */
  public KerasLoader layer(String className, CustomLayerReader reader) {
    Map<String, CustomLayerReader> more = new LinkedHashMap<>(readers);
    CustomReaders.add(more, className, reader);
    return new KerasLoader(more, limits);
  }

  /**
   * Sets how much a model may take while it is loaded.
   *
   * @param newLimits the limits
   * @return a changed copy
   */
  public KerasLoader limits(Limits newLimits) {
    return new KerasLoader(readers, newLimits);
  }

  /**
   * Loads a model, whatever its format.
   *
   * @param path as in {@link KerasModels#load(Path)}
   * @return the model, which the caller closes when its plans are compiled
   * @throws org.conv4j.error.InvalidLayerException if classes lack a reader, all of which are
   *     named, or a reader fails, returns null or leaves variables unread
   * @throws org.conv4j.error.Conv4jException as {@link KerasModels#load(Path)} does
   */
  public KerasModel load(Path path) {
    return load(ModelFile.open(path), Map.of());
  }

  /**
   * Loads a model whose configuration and weights are apart.
   *
   * @param config as in {@link KerasModels#load(Path, Path)}
   * @param weights as in {@link KerasModels#load(Path, Path)}
   * @return the model, which the caller closes when its plans are compiled
   * @throws org.conv4j.error.Conv4jException as {@link #load(Path)} does
   */
  public KerasModel load(Path config, Path weights) {
    return load(ModelFile.open(config, weights), Map.of());
  }

  /**
   * Loads a model that is in memory already.
   *
   * @param content as in {@link KerasModels#load(byte[], String)}
   * @param source what messages call it
   * @return the model, which the caller closes when its plans are compiled
   * @throws org.conv4j.error.Conv4jException as {@link #load(Path)} does
   */
  public KerasModel load(byte[] content, String source) {
    return load(ModelFile.open(content, source), Map.of());
  }

  /**
   * Loads weights alone into layers that the program describes.
   *
   * @param config as in {@link KerasModels#loadWeights(String, Path)}
   * @param weights as in {@link KerasModels#loadWeights(String, Path)}
   * @return the model, which the caller closes when its plans are compiled
   * @throws org.conv4j.error.Conv4jException as {@link #load(Path)} does
   */
  public KerasModel loadWeights(String config, Path weights) {
    return load(ModelFile.openWeights(config, weights), Map.of());
  }

  /** Loads weights alone into a chain of layers; see {@link KerasModels#loadWeights}. */
  KerasModel loadWeights(InputSpec input, List<Layer> layers, Path weights) {
    LayerList list = new LayerList(input, layers);
    return load(ModelFile.openWeights(list.config(), weights), list.byName());
  }

  private KerasModel load(ModelFile file, Map<String, Layer> given) {
    try {
      return new KerasModelReader(file, limits, given, new CustomReaders(readers)).read();
    } catch (RuntimeException | Error failure) {
      file.close();
      throw failure;
    }
  }
}
