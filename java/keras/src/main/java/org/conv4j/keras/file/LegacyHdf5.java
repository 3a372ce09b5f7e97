package org.conv4j.keras.file;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.hdf5.Hdf5File;
import org.conv4j.keras.hdf5.Hdf5Group;
import org.conv4j.keras.writer.Writer;

/**
 * The HDF5 files of Keras 1 and 2, which Keras 3 still writes: {@code model_config} at the root,
 * and a group for each layer whose attribute {@code weight_names} orders its weights.
 */
final class LegacyHdf5 {
  private static final String CONFIG = "model_config";
  private static final String VERSION = "keras_version";
  private static final String WEIGHTS = "model_weights";
  private static final String LAYER_NAMES = "layer_names";
  private static final String WEIGHT_NAMES = "weight_names";

  private LegacyHdf5() {}

  static boolean isModel(Hdf5File file) {
    return file.root().hasAttribute(CONFIG);
  }

  /** Whether a file holds weights in this order, with or without the configuration. */
  static boolean hasWeights(Hdf5File file) {
    return file.root().has(WEIGHTS) || lists(file.root(), LAYER_NAMES);
  }

  static ModelFile openModel(Hdf5File file, OpenFile open) {
    Hdf5Group root = file.root();
    String config =
        root.text(CONFIG)
            .orElseThrow(
                () ->
                    new MalformedFileException(
                        "%s has no attribute '%s': it holds weights only. Give its config.json too."
                            .formatted(open.source(), CONFIG)));
    String version = root.text(VERSION).orElse(null);
    return new ModelFile(
        open,
        ModelFormat.LEGACY_HDF5,
        config,
        version,
        Writer.ofVersion(version).orElse(null),
        weights(file, open));
  }

  static LayerWeights weights(Hdf5File file, OpenFile open) {
    Hdf5Group root = file.root();
    Hdf5Group group = root.has(WEIGHTS) ? root.group(WEIGHTS) : root;
    List<LayerWeights.Group> layers = new ArrayList<>();
    for (String layer : names(group, LAYER_NAMES)) {
      Hdf5Group layerGroup = group.group(layer);
      List<SavedWeight> weights = new ArrayList<>();
      for (String name : names(layerGroup, WEIGHT_NAMES)) {
        weights.add(new SavedWeight(name, WeightSource.of(layerGroup.dataset(name)), open));
      }
      layers.add(new LayerWeights.Group(layer, weights));
    }
    return new LayerWeights(layers, Writer.ofVersion(group.text(VERSION).orElse(null)));
  }

  /** Keras splits lists that are too long for one attribute into several numbered ones. */
  private static List<String> names(Hdf5Group group, String attribute) {
    if (group.hasAttribute(attribute)) {
      return group.texts(attribute);
    }
    List<String> names = new ArrayList<>();
    for (int part = 0; group.hasAttribute(attribute + part); part++) {
      names.addAll(group.texts(attribute + part));
    }
    return names;
  }

  private static boolean lists(Hdf5Group group, String attribute) {
    return group.hasAttribute(attribute) || group.hasAttribute(attribute + 0);
  }
}
