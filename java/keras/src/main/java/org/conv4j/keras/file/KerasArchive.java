package org.conv4j.keras.file;

import java.util.List;
import org.conv4j.bytes.Bytes;
import org.conv4j.bytes.MemoryBudget;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.hdf5.Hdf5File;
import org.conv4j.keras.json.KerasJson;
import org.conv4j.keras.writer.Writer;
import org.conv4j.keras.zip.ZipArchive;

/** A {@code .keras} file: a ZIP archive with the version, the configuration and the weights. */
final class KerasArchive {
  static final String METADATA = "metadata.json";
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.weights.h5";
  private static final String PICKLED_WEIGHTS = "model.weights.npz";
  private static final String VERSION = "keras_version";

  private KerasArchive() {}

  static ModelFile open(Bytes bytes, OpenFile open) {
    ZipArchive zip = ZipArchive.open(bytes);
    String config = ModelJson.text(zip.entry(CONFIG).content(KerasJson.MAX_BYTES));
    if (!zip.has(WEIGHTS) && zip.has(PICKLED_WEIGHTS)) {
      throw new MalformedFileException(
          "%s holds its weights as %s, which are Python objects; save it with weights_format='h5'."
              .formatted(bytes.source(), PICKLED_WEIGHTS));
    }
    Bytes weights = zip.entry(WEIGHTS).content(new MemoryBudget(bytes).limit());
    String version = version(zip);
    return new ModelFile(
        open,
        ModelFormat.KERAS_ARCHIVE,
        config,
        version,
        Writer.ofVersion(version).orElse(null),
        new WeightTree(List.of(Hdf5File.open(weights)), open));
  }

  private static String version(ZipArchive zip) {
    if (!zip.has(METADATA)) {
      return null;
    }
    Bytes metadata = zip.entry(METADATA).content(KerasJson.MAX_BYTES);
    return KerasJson.object(ModelJson.text(metadata), metadata.source()).path(VERSION).textValue();
  }
}
