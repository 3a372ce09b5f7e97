package org.conv4j.image;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import org.conv4j.npy.Npz;
import org.conv4j.tensor.Tensor;

/** The images that {@code src/test/python/image_goldens.py} wrote, and what Keras makes of them. */
public final class ImageGoldens {
  private ImageGoldens() {}

  /**
   * Finds an image.
   *
   * @param name the file's name
   * @return its path
   */
  public static Path path(String name) {
    try {
      return Path.of(ImageGoldens.class.getResource(name).toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static float[] array(String name) {
    Map<String, Tensor> arrays = Npz.read(path("goldens.npz"));
    try {
      return arrays.get(name).toFloatArray();
    } finally {
      arrays.values().forEach(Tensor::close);
    }
  }
}
