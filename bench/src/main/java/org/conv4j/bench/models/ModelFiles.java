package org.conv4j.bench.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.conv4j.error.FileAccessException;

/**
 * A network in every format that somebody here reads, as {@code make_models.py} writes it.
 *
 * @param folder the folder that holds the files
 */
public record ModelFiles(Path folder) {
  private static final String KERAS = "model.keras";

  /**
   * Finds networks.
   *
   * @param parent the folder that holds a folder for each network
   * @return the networks, by name
   * @throws FileAccessException if there is none
   */
  public static List<ModelFiles> in(Path parent) {
    if (!Files.isDirectory(parent)) {
      throw new FileAccessException("There is no folder '" + parent + "'.");
    }
    try (Stream<Path> folders = Files.list(parent)) {
      List<ModelFiles> found =
          folders
              .filter(folder -> Files.exists(folder.resolve(KERAS)))
              .sorted()
              .map(ModelFiles::new)
              .toList();
      if (found.isEmpty()) {
        throw new FileAccessException(
            "The folder '" + parent + "' holds no networks; make_models.py writes them.");
      }
      return found;
    } catch (IOException failure) {
      throw new FileAccessException("Cannot list '" + parent + "': " + failure + ".", failure);
    }
  }

  /**
   * Returns what the network is called.
   *
   * @return the folder's name
   */
  public String name() {
    return folder.getFileName().toString();
  }

  /**
   * Returns the network as Keras saves it.
   *
   * @return a {@code .keras} file
   */
  public Path keras() {
    return folder.resolve(KERAS);
  }

  /**
   * Returns the network as Keras exports it to ONNX, with a dynamic batch.
   *
   * @return an {@code .onnx} file
   */
  public Path onnx() {
    return folder.resolve("model.onnx");
  }

  /**
   * Returns the network as Keras exports it to TensorFlow.
   *
   * @return a folder with a SavedModel
   */
  public Path savedModel() {
    return folder.resolve("saved_model");
  }

  /** The file with {@code input} and {@code output}, for the largest batch. */
  Path golden() {
    return folder.resolve("golden.npz");
  }
}
