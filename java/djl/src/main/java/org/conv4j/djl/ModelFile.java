package org.conv4j.djl;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the file of a model in the folder that DJL names. */
record ModelFile(Path path, String modelName) {
  /** What files of models are called, the most telling first. */
  private static final List<String> ENDINGS = List.of(".keras", ".h5", ".hdf5", ".onnx", ".json");

  /** Files that a folder of TensorFlow.js or an unpacked Keras archive has. */
  private static final List<String> PARTS = List.of("model.json", "config.json");

  /**
   * Returns the path if it is a file. In a folder, a file with one of the endings and the name that
   * was asked for, the model's or the folder's, or "model"; else the only one with an ending.
   *
   * @param prefix the name that was asked for; null for none
   * @throws IOException if there is no such file, or several
   */
  Path find(String prefix) throws IOException {
    if (!Files.isDirectory(path)) {
      if (!Files.exists(path)) {
        throw new FileNotFoundException("There is no model " + path + ".");
      }
      return path;
    }
    if (prefix != null) {
      Path named = named(prefix);
      if (named == null) {
        throw new FileNotFoundException(
            "There is no model '%s' in %s; its name may end with %s."
                .formatted(prefix, path, String.join(", ", ENDINGS)));
      }
      return named;
    }
    for (String name : List.of(modelName, path.getFileName().toString(), "model")) {
      Path named = named(name);
      if (named != null) {
        return named;
      }
    }
    for (String part : PARTS) {
      if (Files.exists(path.resolve(part))) {
        return path;
      }
    }
    return only();
  }

  private Path named(String name) {
    Path exact = path.resolve(name);
    if (Files.isRegularFile(exact)) {
      return exact;
    }
    return ENDINGS.stream()
        .map(ending -> path.resolve(name + ending))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(null);
  }

  private Path only() throws IOException {
    List<Path> models;
    try (Stream<Path> files = Files.list(path)) {
      models = files.filter(ModelFile::looksLikeModel).sorted().toList();
    }
    if (models.size() != 1) {
      throw new FileNotFoundException(
          models.isEmpty()
              ? "There is no model in %s; its name must end with %s."
                  .formatted(path, String.join(", ", ENDINGS))
              : "There are several models in %s: %s. Say which with optModelName."
                  .formatted(path, models.stream().map(Path::getFileName).toList()));
    }
    return models.get(0);
  }

  private static boolean looksLikeModel(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && ENDINGS.stream().filter(ending -> !ending.equals(".json")).anyMatch(name::endsWith);
  }
}
