package org.conv4j.keras.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.conv4j.bytes.Bytes;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.hdf5.Hdf5File;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.KerasJson;
import org.conv4j.keras.writer.Writer;

/** A configuration and its weights in files of their own. */
final class ConfigAndWeights {
  private static final List<String> WEIGHTS = List.of("model.weights.h5", "model.weights.json");
  private static final String SHARDS = "weight_map";

  private ConfigAndWeights() {}

  /** The file of weights in a folder. */
  static Path beside(Path folder) {
    for (String name : WEIGHTS) {
      if (Files.exists(folder.resolve(name))) {
        return folder.resolve(name);
      }
    }
    throw new FileAccessException(
        "Cannot read %s: the folder has neither %s."
            .formatted(folder, String.join(" nor ", WEIGHTS)));
  }

  static ModelFile open(Path config, Path weights, OpenFile open) {
    return of(ModelJson.text(open.open(config)), weights, open);
  }

  /** Opens weights for a configuration that was read before. */
  static ModelFile of(String json, Path weights, OpenFile open) {
    String version = version(json, open.source());
    return new ModelFile(
        open,
        ModelFormat.CONFIG_AND_WEIGHTS,
        json,
        version,
        Writer.ofVersion(version).orElse(null),
        weights(weights, open));
  }

  /** Older versions of Keras write their number into the configuration. */
  private static String version(String json, String source) {
    return KerasJson.object(json, source).path("keras_version").textValue();
  }

  private static ModelWeights weights(Path path, OpenFile open) {
    Bytes bytes = open.open(path);
    if (!Hdf5File.isHdf5(bytes)) {
      return new WeightTree(shards(bytes, path, open), open);
    }
    Hdf5File file = Hdf5File.open(bytes);
    return LegacyHdf5.hasWeights(file)
        ? LegacyHdf5.weights(file, open)
        : new WeightTree(List.of(file), open);
  }

  /** A sharded file is a JSON object that says which group lies in which files beside it. */
  private static List<Hdf5File> shards(Bytes bytes, Path path, OpenFile open) {
    JsonNode map = KerasJson.object(ModelJson.text(bytes), bytes.source()).path(SHARDS);
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode files : map) {
      for (JsonNode file : files.isArray() ? files : List.of(files)) {
        names.add(file.asText());
      }
    }
    if (names.isEmpty()) {
      throw new MalformedFileException(path + " names no files of weights.");
    }
    List<Hdf5File> shards = new ArrayList<>();
    for (String name : names) {
      shards.add(Hdf5File.open(open.open(SiblingFile.of(path, name))));
    }
    return shards;
  }
}
