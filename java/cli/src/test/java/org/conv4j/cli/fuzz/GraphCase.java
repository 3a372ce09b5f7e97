package org.conv4j.cli.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.conv4j.error.Conv4jException;
import org.conv4j.keras.KerasModel;
import org.conv4j.keras.KerasModels;
import org.conv4j.keras.KerasShapes;
import org.conv4j.keras.json.ArrayNode;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.KerasJson;
import org.conv4j.keras.json.ObjectNode;
import org.conv4j.shape.Shape;
import org.conv4j.testkit.fuzz.FuzzCase;

/**
 * A model that may be illegal.
 *
 * @param seed what its weights and inputs are drawn from
 * @param spoilt whether a weight is missing or has the wrong shape
 * @param config its configuration
 */
record GraphCase(long seed, boolean spoilt, JsonNode config) implements FuzzCase {
  /** Larger weights are left out, which makes the model illegal. */
  private static final long MAX_WEIGHTS = 1 << 20;

  static GraphCase random(long seed) {
    // The first numbers of a Random are nearly the same for seeds that follow each other.
    Random random = new Random(new SplittableRandom(seed).nextLong());
    JsonNode config = new RandomGraphs(random).model();
    return new GraphCase(seed, random.nextInt(20) == 0, config);
  }

  static GraphCase read(Path file) throws IOException {
    JsonNode json = KerasJson.object(Files.readString(file), file.toString());
    return new GraphCase(
        json.path("seed").longValue(), json.path("spoilt").booleanValue(), json.path("config"));
  }

  @Override
  public void write(Path file) throws IOException {
    ObjectNode json = new ObjectNode().put("seed", seed).put("spoilt", spoilt);
    json.set("config", config);
    Files.writeString(file, KerasJson.write(json) + "\n");
  }

  @Override
  public String run(Path work) throws IOException {
    try (KerasModel keras = KerasModels.load(save(work))) {
      return new GraphRun(seed).run(keras).toString();
    } catch (Conv4jException refused) {
      if (refused.getMessage() == null || refused.getMessage().isEmpty()) {
        throw new AssertionError("An exception says nothing.", refused);
      }
      return GraphRun.Outcome.REFUSED.toString();
    }
  }

  /** Writes it as a layers-model of TensorFlow.js, or as an archive if it has no weights. */
  private Path save(Path folder) throws IOException {
    Map<String, Shape> weights = new LinkedHashMap<>();
    try {
      KerasShapes.weights(config)
          .forEach(
              (name, shape) -> {
                if (shape.elementCount() <= MAX_WEIGHTS) {
                  weights.put(name, shape);
                }
              });
    } catch (Conv4jException illegal) {
      // It stays without weights.
    }
    return weights.isEmpty() ? archive(folder) : layersModel(folder, weights);
  }

  private Path archive(Path folder) throws IOException {
    Path file = folder.resolve("model.keras");
    String version = config.path("class_name").asText().equals("Model") ? "2.13.1" : "3.5.0";
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out);
        InputStream empty = GraphCase.class.getResourceAsStream("no-weights.h5")) {
      entry(
          zip,
          "metadata.json",
          ("{\"keras_version\": \"" + version + "\"}").getBytes(StandardCharsets.UTF_8));
      entry(zip, "config.json", KerasJson.write(config).getBytes(StandardCharsets.UTF_8));
      entry(zip, "model.weights.h5", empty.readAllBytes());
    }
    return file;
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  private Path layersModel(Path folder, Map<String, Shape> weights) throws IOException {
    Random random = new Random(seed);
    ObjectNode model = new ObjectNode().put("format", "layers-model");
    model.put("generatedBy", random.nextBoolean() ? "keras v2.15.0" : "keras v3.5.0");
    model.putObject("modelTopology").set("model_config", config);
    ObjectNode group = model.putArray("weightsManifest").addObject();
    group.putArray("paths").add("weights.bin");
    ArrayNode list = group.putArray("weights");
    try (OutputStream out = Files.newOutputStream(folder.resolve("weights.bin"))) {
      for (Map.Entry<String, Shape> weight : weights.entrySet()) {
        if (spoilt && random.nextInt(weights.size()) == 0) {
          continue;
        }
        long count = weight.getValue().elementCount();
        ObjectNode entry = list.addObject();
        entry.put("name", weight.getKey()).put("dtype", "float32");
        ArrayNode shape = entry.putArray("shape");
        for (long dim : weight.getValue().toArray()) {
          shape.add(dim);
        }
        out.write(numbers(random, (int) count, weight.getKey().endsWith("variance")));
      }
    }
    Path file = folder.resolve("model.json");
    Files.writeString(file, KerasJson.write(model));
    return file;
  }

  private static byte[] numbers(Random random, int count, boolean positive) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      double number = random.nextGaussian() / 2;
      bytes.putFloat((float) (positive ? Math.abs(number) + 0.1 : number));
    }
    return bytes.array();
  }
}
