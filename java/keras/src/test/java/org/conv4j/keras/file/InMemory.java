package org.conv4j.keras.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.conv4j.bytes.Bytes;
import org.conv4j.bytes.MemoryBytes;
import org.conv4j.error.FileAccessException;
import org.conv4j.keras.hdf5.Hdf5File;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.KerasJson;
import org.conv4j.weights.Constant;

/**
 * Reads models that are in memory, all their weights included, and sums up what was found: two
 * readings with the same sum saw the same model.
 */
final class InMemory {
  private static final String SOURCE = "sample";

  private InMemory() {}

  static int archive(byte[] content) {
    try (OpenFile open = new OpenFile(SOURCE)) {
      return sum(KerasArchive.open(new MemoryBytes(content, SOURCE), open));
    }
  }

  static int legacy(byte[] content) {
    try (OpenFile open = new OpenFile(SOURCE)) {
      Hdf5File file = Hdf5File.open(new MemoryBytes(content, SOURCE));
      return sum(LegacyHdf5.openModel(file, open));
    }
  }

  /** The weights of Keras 3 without an archive, whose checksum hides every other mistake. */
  static int tree(byte[] content) {
    try (OpenFile open = new OpenFile(SOURCE)) {
      Hdf5File file = Hdf5File.open(new MemoryBytes(content, SOURCE));
      return sum(new WeightTree(List.of(file), open));
    }
  }

  /**
   * A model of TensorFlow.js in one array: {@code model.json}, a zero, and then for each file that
   * the manifest names its length in two bytes and its content.
   */
  static int javascript(byte[] content) {
    int end = 0;
    while (end < content.length && content[end] != 0) {
      end++;
    }
    ByteBuffer rest = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    rest.position(Math.min(content.length, end + 1));
    try (OpenFile open = new OpenFile(SOURCE)) {
      String json = KerasJson.text(Arrays.copyOf(content, end), SOURCE);
      JsonNode model = KerasJson.object(json, SOURCE);
      return sum(TfjsModel.open(model, SOURCE, name -> next(rest, name), open));
    }
  }

  private static Bytes next(ByteBuffer rest, String name) {
    SiblingFile.of(Path.of("model.json"), name);
    if (rest.remaining() < Short.BYTES) {
      throw new FileAccessException("There is no file '" + name + "'.");
    }
    int length = Math.min(Short.toUnsignedInt(rest.getShort()), rest.remaining());
    byte[] content = new byte[length];
    rest.get(content);
    return new MemoryBytes(content, name);
  }

  /** Puts a model of TensorFlow.js into one array. */
  static byte[] joined(Path folder) throws IOException {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    byte[] json = Files.readAllBytes(folder.resolve("model.json"));
    joined.write(json);
    joined.write(0);
    JsonNode manifest =
        KerasJson.object(KerasJson.text(json, SOURCE), SOURCE).get("weightsManifest");
    for (JsonNode group : manifest) {
      for (JsonNode path : group.get("paths")) {
        byte[] content = Files.readAllBytes(folder.resolve(path.textValue()));
        joined.write(content.length);
        joined.write(content.length >> 8);
        joined.write(content);
      }
    }
    return joined.toByteArray();
  }

  private static int sum(ModelFile file) {
    return 31 * file.configJson().hashCode() + sum(file.weights());
  }

  private static int sum(ModelWeights weights) {
    int sum = 0;
    for (Map.Entry<String, Constant> weight : ModelSamples.all(weights).entrySet()) {
      sum = 31 * sum + weight.getKey().hashCode();
      sum = 31 * sum + weight.getValue().shape().hashCode();
      sum = 31 * sum + Arrays.hashCode(weight.getValue().elements());
    }
    return sum;
  }
}
