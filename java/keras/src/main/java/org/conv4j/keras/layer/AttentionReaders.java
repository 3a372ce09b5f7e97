package org.conv4j.keras.layer;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.layer.Layer;
import org.conv4j.layer.attention.Attention;
import org.conv4j.layer.attention.MultiHeadAttention;
import org.conv4j.shape.IntTuple;
import org.conv4j.weights.WeightSpec;

/** Reads Keras's attention layers. */
final class AttentionReaders implements ClassReader {
  private static final String OF_HEADS = "MultiHeadAttention";

  private final List<String> arguments;

  private AttentionReaders(List<String> arguments) {
    this.arguments = arguments;
  }

  static void addTo(LayerClasses classes) {
    classes.add(new AttentionReaders(List.of("query", "value", "key")), OF_HEADS);
    classes.add(new AttentionReaders(INPUTS), "Attention", "AdditiveAttention");
  }

  @Override
  public List<String> tensorArguments() {
    return arguments;
  }

  @Override
  public Layer read(String className, Config config, String name) {
    config.ignore("dropout", "seed");
    if (className.equals(OF_HEADS)) {
      return ofHeads(config, name);
    }
    boolean additive = className.equals("AdditiveAttention");
    config.refuse("causal", "it depends on the call");
    Attention.Score score =
        additive
            ? Attention.Score.ADDITIVE
            : config.choice("score_mode", Attention.Score.class, Attention.Score.DOT);
    return new Attention(name, score, config.flag("use_scale", additive));
  }

  private static Layer ofHeads(Config config, String name) {
    if (config.has("attention_axes")
        && !config.axes("attention_axes", null).equals(IntTuple.of(1))) {
      throw config.invalid(
          "attention_axes", "the one between batch and channels, 1", config.get("attention_axes"));
    }
    config.refuse("sliding_window", "all keys are seen");
    if (config.flag("use_gate", false)) {
      throw config.invalid("use_gate", "false", true);
    }
    config.ignoreVariables("kernel", "bias");
    config.ignore("query_shape", "key_shape", "value_shape", "flash_attention");
    int keyDim = config.number("key_dim");
    return new MultiHeadAttention(
        name,
        config.number("num_heads"),
        keyDim,
        config.has("value_dim") ? config.number("value_dim") : keyDim,
        config.flag("use_bias", true),
        outputDim(config));
  }

  /** Keras writes nothing, a number or a list of one. */
  private static int outputDim(Config config) {
    JsonNode shape = config.get("output_shape");
    if (!config.has("output_shape")) {
      return 0;
    }
    int[] dims = config.tuple("output_shape", 1, null);
    if (dims[0] < 1) {
      throw config.invalid("output_shape", "a number of at least 1, or a list of one", shape);
    }
    return dims[0];
  }

  @Override
  public List<SavedVariables> saved(Layer layer, List<WeightSpec> specs) {
    if (!(layer instanceof MultiHeadAttention)) {
      return SavedVariables.own(specs);
    }
    List<SavedVariables> saved = new ArrayList<>();
    for (String projection : MultiHeadAttention.PROJECTIONS) {
      List<WeightSpec> own = new ArrayList<>();
      for (WeightSpec spec : specs) {
        if (spec.name().startsWith(projection + "/")) {
          own.add(spec);
        }
      }
      if (!own.isEmpty()) {
        String object = projection.equals("attention_output") ? "output" : projection;
        saved.add(SavedVariables.of(object + "_dense", own));
      }
    }
    return saved;
  }
}
