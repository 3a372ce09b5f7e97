package org.conv4j.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.conv4j.error.UnknownFormatException;
import org.conv4j.limit.Limits;
import org.conv4j.service.Services;

/**
 * Loads models in every format that an importer on the class path reads. Safe for any thread.
 *
 * <pre>
 * try (LoadedModel loaded = Models.load(Path.of("model.keras"))) {
 *   Model model = loaded.model();
 *   ...
 * }
 * </pre>
 */
public final class Models {
  private Models() {}

  /**
   * Loads a model, whatever its format; the content counts, not the name.
   *
   * @param path a file, or a folder for formats of several files
   * @return the model, which the caller closes when its plans are compiled
   * @throws org.conv4j.error.FileAccessException if a file is missing or cannot be read
   * @throws UnknownFormatException if no importer knows the format
   * @throws org.conv4j.error.MalformedFileException if it is no sound model
   * @throws org.conv4j.error.InvalidLayerException if it has a layer that conv4j cannot run
   * @throws org.conv4j.error.ShapeMismatchException if its layers do not fit together
   * @throws org.conv4j.error.LimitExceededException if it takes more than {@link Limits#DEFAULT}
   */
  public static LoadedModel load(Path path) {
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
  public static LoadedModel load(Path path, Limits limits) {
    return load(ModelSource.of(path), limits);
  }

  /**
   * Loads a model that is in memory already, for example from a resource of a jar.
   *
   * @param content a whole file; not copied, so it must not change until the model is closed
   * @param name what messages call it, for example the resource's name
   * @return the model, which the caller closes when its plans are compiled
   * @throws org.conv4j.error.Conv4jException as {@link #load(Path)} does
   */
  public static LoadedModel load(byte[] content, String name) {
    return load(ModelSource.of(content, name), Limits.DEFAULT);
  }

  private static LoadedModel load(ModelSource source, Limits limits) {
    try (source) {
      List<ModelReader> readers = Services.of(ModelReader.class);
      for (ModelReader reader : readers) {
        if (reader.accepts(source)) {
          return reader.read(source, limits);
        }
      }
      throw unknown(source, readers);
    }
  }

  /**
   * Returns the formats that can be read here.
   *
   * @return what the importers say that they read, for messages; nothing if there is no importer
   */
  public static List<String> formats() {
    return formats(Services.of(ModelReader.class));
  }

  private static List<String> formats(List<ModelReader> readers) {
    List<String> formats = new ArrayList<>();
    for (ModelReader reader : readers) {
      formats.add(reader.formats());
    }
    return formats;
  }

  private static UnknownFormatException unknown(ModelSource source, List<ModelReader> readers) {
    if (!source.isFolder()) {
      // A file that is missing is not one of an unknown format.
      source.bytes();
    }
    List<String> formats = formats(readers);
    return new UnknownFormatException(
        formats.isEmpty()
            ? "Cannot load %s: there is no importer on the class path, such as conv4j-keras."
                .formatted(source.name())
            : "%s is in none of the formats that can be read here: %s."
                .formatted(source.name(), String.join(", ", formats)));
  }
}
