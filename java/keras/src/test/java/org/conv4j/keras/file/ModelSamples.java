package org.conv4j.keras.file;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.conv4j.npy.Npz;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Constant;

/** The files that {@code src/test/python/generate_weight_files.py} wrote. */
final class ModelSamples {
  private ModelSamples() {}

  static Path path(String name) {
    try {
      return Path.of(ModelSamples.class.getResource(name).toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** What NumPy read from a file, in the file's order. */
  static Map<String, Tensor> expected(String name) {
    return Npz.read(path(name + ".expected.npz"));
  }

  static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(path(name));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  /** Every weight of a model under the names of {@link #expected}. */
  static Map<String, Constant> all(ModelWeights weights) {
    Map<String, Constant> found = new LinkedHashMap<>();
    if (weights instanceof WeightTree tree) {
      collect(tree, "", found);
    } else {
      for (LayerWeights.Group layer : ((LayerWeights) weights).layers()) {
        for (SavedWeight weight : layer.weights()) {
          found.put(layer.layer() + "|" + weight.name(), weight.constant());
        }
      }
    }
    return found;
  }

  private static void collect(WeightTree tree, String path, Map<String, Constant> found) {
    String prefix = path.isEmpty() ? "" : path + "/";
    tree.variables(path).forEach(weight -> found.put(prefix + weight.name(), weight.constant()));
    for (String child : tree.children(path)) {
      collect(tree, prefix + child, found);
    }
  }
}
