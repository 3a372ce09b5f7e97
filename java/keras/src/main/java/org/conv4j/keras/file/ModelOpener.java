package org.conv4j.keras.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.conv4j.bytes.Bytes;
import org.conv4j.bytes.MemoryBytes;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.file.ModelSource;
import org.conv4j.keras.hdf5.Hdf5File;
import org.conv4j.keras.json.JsonKeys;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.KerasJson;
import org.conv4j.keras.zip.ZipArchive;

/** Finds out what kind of file a model is. */
final class ModelOpener {
  private static final String CONFIG = "config.json";
  private static final String TFJS_MODEL = "model.json";

  private ModelOpener() {}

  static boolean accepts(ModelSource source) {
    if (source.isFolder()) {
      return source.hasFile(CONFIG) || source.hasFile(TFJS_MODEL);
    }
    Bytes bytes = source.bytes();
    return ZipArchive.isZip(bytes) ? isArchive(bytes) : Hdf5File.isHdf5(bytes) || isJson(source);
  }

  /** Neural Amp Modeler writes JSON, too. */
  private static boolean isJson(ModelSource source) {
    return source.startsWith((byte) '{') && !JsonKeys.has(source.bytes(), "architecture");
  }

  /** Other formats are ZIP archives, too. A damaged one counts, so that reading says what is. */
  private static boolean isArchive(Bytes bytes) {
    try {
      ZipArchive zip = ZipArchive.open(bytes);
      return zip.has(CONFIG) || zip.has(KerasArchive.METADATA);
    } catch (MalformedFileException damaged) {
      return true;
    }
  }

  static ModelFile open(Path path) {
    return open(
        path.toString(), open -> Files.isDirectory(path) ? folder(path, open) : file(path, open));
  }

  static ModelFile open(Path config, Path weights) {
    return open(config.toString(), open -> ConfigAndWeights.open(config, weights, open));
  }

  static ModelFile openWeights(String config, Path weights) {
    return open(weights.toString(), open -> ConfigAndWeights.of(config, weights, open));
  }

  static ModelFile open(byte[] content, String source) {
    Bytes bytes = new MemoryBytes(content, source);
    return open(
        source,
        open -> {
          if (ZipArchive.isZip(bytes)) {
            return KerasArchive.open(bytes, open);
          }
          if (Hdf5File.isHdf5(bytes)) {
            return LegacyHdf5.openModel(Hdf5File.open(bytes), open);
          }
          throw new MalformedFileException(
              source + " is neither a .keras archive nor an HDF5 file.");
        });
  }

  /** Leaves nothing open after a failure. */
  private static ModelFile open(String source, Function<OpenFile, ModelFile> opener) {
    OpenFile open = new OpenFile(source);
    try {
      return opener.apply(open);
    } catch (RuntimeException | Error failure) {
      open.close();
      throw failure;
    }
  }

  private static ModelFile folder(Path folder, OpenFile open) {
    if (Files.exists(folder.resolve(CONFIG))) {
      return ConfigAndWeights.open(folder.resolve(CONFIG), ConfigAndWeights.beside(folder), open);
    }
    if (Files.exists(folder.resolve(TFJS_MODEL))) {
      return file(folder.resolve(TFJS_MODEL), open);
    }
    throw new FileAccessException(
        "Cannot read %s: the folder has neither %s nor %s.".formatted(folder, CONFIG, TFJS_MODEL));
  }

  private static ModelFile file(Path path, OpenFile open) {
    Bytes bytes = open.open(path);
    if (ZipArchive.isZip(bytes)) {
      return KerasArchive.open(bytes, open);
    }
    if (Hdf5File.isHdf5(bytes)) {
      Hdf5File file = Hdf5File.open(bytes);
      Path config = path.resolveSibling(CONFIG);
      return LegacyHdf5.isModel(file) || !Files.exists(config)
          ? LegacyHdf5.openModel(file, open)
          : ConfigAndWeights.open(config, path, open);
    }
    if (bytes.size() == 0 || bytes.read(0, 1)[0] != '{') {
      throw new MalformedFileException(
          path + " is neither a .keras archive nor an HDF5 file nor a JSON object.");
    }
    JsonNode json = KerasJson.object(ModelJson.text(bytes), bytes.source());
    return TfjsModel.isModel(json)
        ? TfjsModel.open(json, path.toString(), name -> open.open(SiblingFile.of(path, name)), open)
        : ConfigAndWeights.open(path, ConfigAndWeights.beside(path.resolveSibling("")), open);
  }
}
