package org.conv4j.nam;

import java.util.LinkedHashMap;
import java.util.Map;
import org.conv4j.error.UnknownFormatException;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.ModelReader;
import org.conv4j.file.ModelSource;
import org.conv4j.keras.json.JsonKeys;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.json.KerasJson;
import org.conv4j.limit.Limits;

/**
 * Reads Neural Amp Modeler's WaveNets for {@link org.conv4j.file.Models}; of a container, the
 * largest one. Safe for any thread.
 */
public final class NamReader implements ModelReader {
  private static final String ARCHITECTURE = "architecture";

  /** Creates the reader; {@link java.util.ServiceLoader} does so. */
  public NamReader() {}

  @Override
  public String formats() {
    return "Neural Amp Modeler (.nam)";
  }

  @Override
  public boolean accepts(ModelSource source) {
    return source.startsWith((byte) '{') && JsonKeys.has(source.bytes(), ARCHITECTURE);
  }

  @Override
  public LoadedModel read(ModelSource source, Limits limits) {
    NamFields file = NamFields.of(text(source), source.name());
    NamFields model = file;
    for (int depth = 0; model.text(ARCHITECTURE).equals("SlimmableContainer"); depth++) {
      if (depth > 0) {
        throw model.malformed("a container stands in a container");
      }
      model = largest(model.object("config"));
    }
    String architecture = model.text(ARCHITECTURE);
    if (!architecture.equals("WaveNet")) {
      throw new UnknownFormatException(
          "%s is a model of the architecture '%s'; of Neural Amp Modeler's, WaveNet can be read."
              .formatted(source.name(), architecture));
    }
    NamWeights weights = new NamWeights(model.array("weights"), source.name());
    NamWaveNet network = new NamWaveNet(model.object("config"), weights);
    return new NamModel(
        network.build(), weights.count(), file.text("version"), metadata(file, model));
  }

  private static JsonNode text(ModelSource source) {
    long size = source.bytes().size();
    int most = (int) Math.min(size, KerasJson.MAX_BYTES + 1L);
    String text = KerasJson.text(source.bytes().read(0, most), source.name());
    return KerasJson.object(text, source.name());
  }

  /** The model for the largest of a container's values. */
  private static NamFields largest(NamFields container) {
    NamFields best = null;
    double most = Double.NEGATIVE_INFINITY;
    for (NamFields part : container.objects("submodels")) {
      if (part.number("max_value") > most) {
        most = part.number("max_value");
        best = part.object("model");
      }
    }
    if (best == null) {
      throw container.malformed("a container has no submodels");
    }
    return best;
  }

  private static Map<String, String> metadata(NamFields file, NamFields model) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (NamFields some : new NamFields[] {file, model}) {
      some.put("sample_rate", texts);
      if (some.has("metadata")) {
        some.object("metadata").putAll(texts);
      }
    }
    return Map.copyOf(texts);
  }
}
