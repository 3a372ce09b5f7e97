package org.conv4j.keras.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.FileAccessException;
import org.conv4j.error.MalformedFileException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that are incomplete, contradictory or meant to do harm. */
class HostileModelTest {
  @TempDir Path folder;
  private Path javascript;

  @BeforeEach
  void copyAModelOfTensorFlowJs() throws IOException {
    javascript = Files.createDirectory(folder.resolve("tfjs"));
    try (Stream<Path> files = Files.list(ModelSamples.path("tfjs-uint8"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, javascript.resolve(file.getFileName()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"config.json", "model.weights.h5"})
  void namesWhatAnArchiveLacks(String entry) throws IOException {
    Map<String, byte[]> entries = entries();
    entries.remove(entry);
    refused(archive(entries), MalformedFileException.class, "has no entry '" + entry + "'");
  }

  @Test
  void saysWhyPickledWeightsAreNotRead() throws IOException {
    Map<String, byte[]> entries = entries();
    entries.put("model.weights.npz", entries.remove("model.weights.h5"));
    refused(archive(entries), MalformedFileException.class, "weights_format='h5'");
  }

  @Test
  void refusesAConfigurationLongerThanAnyModels() throws IOException {
    Map<String, byte[]> entries = entries();
    byte[] long64 = new byte[64 << 20];
    Arrays.fill(long64, (byte) ' ');
    entries.put("config.json", long64);
    refused(archive(entries), MalformedFileException.class, "at most 16777216");
  }

  @Test
  void refusesWeightsThatInflateToMoreThanTheFileCouldMean() throws IOException {
    Map<String, byte[]> entries = entries();
    byte[] weights = entries.get("model.weights.h5");
    entries.put("model.weights.h5", Arrays.copyOf(weights, 100 << 20));
    Path bomb = archive(entries);
    assertThat(Files.size(bomb)).isLessThan(1 << 20);
    refused(bomb, MalformedFileException.class, "bytes of memory to inflate");
  }

  @ParameterizedTest
  @CsvSource({"keras2.h5", "keras3.keras", "folder/model.weights.h5"})
  void readsNoWeightsFromTheFirstHalfOfAFile(String name) throws IOException {
    byte[] content = ModelSamples.bytes(name);
    Path half = folder.resolve("half");
    Files.write(half, Arrays.copyOf(content, content.length / 2));
    refused(half, MalformedFileException.class, "half");
  }

  @ParameterizedTest
  @CsvSource({
    "../tfjs/group1-shard1of2.bin",
    "/etc/hostname",
    "./group1-shard1of2.bin",
    "a//b",
    "''"
  })
  void refusesShardsOutsideTheFolder(String path) throws IOException {
    edit("group1-shard1of2.bin", path);
    refused(javascript, MalformedFileException.class, "which is not in its folder");
  }

  @Test
  void namesAMissingShard() throws IOException {
    Files.delete(javascript.resolve("group1-shard2of2.bin"));
    refused(javascript, FileAccessException.class, "group1-shard2of2.bin: there is no such file");
  }

  @Test
  void refusesAShardThatIsNamedTwice() throws IOException {
    edit("group1-shard2of2.bin", "group1-shard1of2.bin");
    refused(javascript, MalformedFileException.class, "'group1-shard1of2.bin' twice");
  }

  @Test
  void refusesShardsShorterThanTheManifestSays() throws IOException {
    Path shard = javascript.resolve("group1-shard2of2.bin");
    byte[] content = Files.readAllBytes(shard);
    Files.write(shard, Arrays.copyOf(content, content.length - 1));
    refused(javascript, MalformedFileException.class, "but its files have 3650 in all");
  }

  @Test
  void refusesShardsLongerThanTheManifestSays() throws IOException {
    Path shard = javascript.resolve("group1-shard2of2.bin");
    byte[] content = Files.readAllBytes(shard);
    Files.write(shard, Arrays.copyOf(content, content.length + 1));
    refused(javascript, MalformedFileException.class, "but their files have 3652");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"dtype\": \"int32\" | \"dtype\": \"string\" | supported are bool, float32, int32",
        "\"dtype\": \"uint8\" | \"dtype\": \"uint7\" | supported are float16, uint16, uint8",
        "\"shape\": [5] | \"shape\": [-5] | impossible shape",
        "\"shape\": [5] | \"shape\": [4611686018427387904,4] | impossible shape",
        "\"shape\": [5] | \"shape\": [1000000000000] | 4000000000000 bytes",
        "\"shape\": [5] | \"shape\": [0.5] | has the shape",
        "\"name\": \"extra/counts\" | \"name\": \"extra/flags\" | two weights 'extra/flags'",
        "\"name\": \"extra/counts\" | \"name\": \"\" | without a name"
      })
  void refusesAnImpossibleManifest(String old, String with, String message) throws IOException {
    edit(old.strip(), with.strip());
    assertThatThrownBy(() -> ModelFile.open(javascript))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesAGraphModel() throws IOException {
    Files.writeString(
        javascript.resolve("model.json"),
        "{\"format\": \"graph-model\", \"modelTopology\": {\"node\": []}, \"weightsManifest\": []}");
    refused(javascript, MalformedFileException.class, "only layers-models are supported");
  }

  @ParameterizedTest
  @CsvSource({"../model_00000.weights.h5", "/tmp/model_00000.weights.h5"})
  void refusesShardsOfWeightsOutsideTheFolder(String path) throws IOException {
    Path config = folder.resolve("config.json");
    Files.copy(ModelSamples.path("sharded/config.json"), config);
    Path weights = folder.resolve("model.weights.json");
    Files.writeString(
        weights, "{\"weight_map\": {\"/layers/dense/vars\": \"%s\"}}".formatted(path));
    refused(config, MalformedFileException.class, "which is not in its folder");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void leavesNoFileOpenAfterARefusal() throws IOException {
    Path broken = folder.resolve("broken.h5");
    Files.write(broken, Arrays.copyOf(ModelSamples.bytes("keras2.h5"), 5000));
    refused(broken, MalformedFileException.class, "truncated");
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      assertThat(open.filter(link -> pointsTo(link, broken))).isEmpty();
    }
  }

  private static boolean pointsTo(Path link, Path file) {
    try {
      return Files.readSymbolicLink(link).equals(file);
    } catch (IOException alreadyClosed) {
      return false;
    }
  }

  private static void refused(Path path, Class<? extends Conv4jException> type, String message) {
    assertThatThrownBy(() -> ModelFile.open(path)).isInstanceOf(type).hasMessageContaining(message);
  }

  private void edit(String old, String with) throws IOException {
    Path json = javascript.resolve("model.json");
    String text = Files.readString(json);
    assertThat(text).contains(old);
    Files.writeString(json, text.replace(old, with));
  }

  private static Map<String, byte[]> entries() throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipFile zip = new ZipFile(ModelSamples.path("keras3.keras").toFile())) {
      for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return entries;
  }

  private Path archive(Map<String, byte[]> entries) throws IOException {
    Path path = folder.resolve("model.keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return path;
  }
}
