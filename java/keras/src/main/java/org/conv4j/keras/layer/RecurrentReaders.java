package org.conv4j.keras.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.activation.RecurrentCell;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.keras.json.JsonNode;
import org.conv4j.keras.writer.Writer;
import org.conv4j.layer.Layer;
import org.conv4j.layer.convolution.ConvolutionOptions;
import org.conv4j.layer.convolution.recurrent.ConvLSTM;
import org.conv4j.layer.recurrent.Bidirectional;
import org.conv4j.layer.recurrent.MergeMode;
import org.conv4j.layer.recurrent.RNN;
import org.conv4j.layer.recurrent.RNNCell;
import org.conv4j.layer.recurrent.RNNOptions;
import org.conv4j.weights.WeightSpec;

/** Reads Keras's recurrent layers. */
final class RecurrentReaders implements ClassReader {
  private static final String CELL = "Cell";
  private static final String STACK = "StackedRNNCells";

  private RecurrentReaders() {}

  static void addTo(LayerClasses classes) {
    RecurrentReaders reader = new RecurrentReaders();
    classes.add(reader, "SimpleRNN", "LSTM", "GRU", "RNN", "Bidirectional");
    classes.add(reader, "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D");
  }

  @Override
  public List<String> tensorArguments() {
    return List.of("sequences", "initial_state", MASK);
  }

  @Override
  public Layer read(String className, Config config, String name) {
    return switch (className) {
      case "Bidirectional" -> bidirectional(config, name);
      case "ConvLSTM1D" -> convolutional(1, config, name);
      case "ConvLSTM2D" -> convolutional(2, config, name);
      case "ConvLSTM3D" -> convolutional(3, config, name);
      default -> new RNN(name, className, cells(className, config), options(config));
    };
  }

  private static Layer convolutional(int rank, Config config, String name) {
    ConvolutionOptions read = ConvolutionReaders.dense(config, name, rank);
    ConvolutionOptions convolution =
        new ConvolutionOptions(
            name,
            read.kernelSize(),
            read.strides(),
            read.padding(),
            read.dataFormat(),
            read.dilationRate(),
            activation("activation", Activation.TANH, config),
            read.useBias());
    Elementwise gates = recurrentActivation(config);
    ignoreTraining(config);
    config.ignore("unit_forget_bias");
    return new ConvLSTM(
        rank, ConvolutionReaders.filters(config), gates, convolution, options(config));
  }

  private static List<RNNCell> cells(String className, Config config) {
    return className.equals("RNN") ? cells(config) : List.of(cell(className, config));
  }

  private static RNNOptions options(Config config) {
    if (config.flag("stateful", false)) {
      throw new InvalidLayerException(
          config.owner()
              + ": stateful=True is not supported: a run keeps nothing for the next one. Give the"
              + " states as inputs and return them, or save with stateful=False.");
    }
    if (config.flag("time_major", false)) {
      throw new InvalidLayerException(
          config.owner() + ": time_major=True is not supported: the batch must come first.");
    }
    config.ignore("unroll", "input_dim", "input_length");
    return new RNNOptions(
        config.flag("return_sequences", false),
        config.flag("return_state", false),
        config.flag("go_backwards", false),
        false,
        config.flag("zero_output_for_mask", false));
  }

  /** The cells of a layer of class RNN. */
  private static List<RNNCell> cells(Config config) {
    JsonNode cell = config.get("cell");
    if (!cell.path("class_name").asText().equals(STACK)) {
      return List.of(cell(cell, config));
    }
    Config stack = inner(cell, config);
    List<RNNCell> cells = new ArrayList<>();
    for (JsonNode one : stack.get("cells")) {
      cells.add(cell(one, stack));
    }
    ignoreCommon(stack);
    stack.refuseUnknown();
    return cells;
  }

  private static RNNCell cell(JsonNode node, Config owner) {
    String className = node.path("class_name").asText();
    if (!className.equals("SimpleRNNCell")
        && !className.equals("LSTMCell")
        && !className.equals("GRUCell")) {
      throw owner.invalid("cell", "a SimpleRNNCell, LSTMCell or GRUCell", className);
    }
    Config config = inner(node, owner);
    RNNCell cell = cell(className.substring(0, className.length() - CELL.length()), config);
    ignoreCommon(config);
    config.refuseUnknown();
    return cell;
  }

  private static Config inner(JsonNode node, Config owner) {
    if (!node.path("config").isObject()) {
      throw new MalformedFileException(owner.owner() + " has a cell without an object 'config'.");
    }
    return new Config(owner.owner(), node.path("config"), owner.writer());
  }

  private static void ignoreCommon(Config config) {
    config.ignore("name", "trainable", "dtype", "autocast");
  }

  /** A cell of its own, or a layer with such a cell, which has the same arguments. */
  private static RNNCell cell(String kind, Config config) {
    int units = config.number("units");
    Elementwise activation = activation("activation", Activation.TANH, config);
    RecurrentCell cell =
        switch (kind) {
          case "SimpleRNN" -> new RecurrentCell.Simple(activation);
          case "LSTM" -> {
            config.ignore("unit_forget_bias");
            yield new RecurrentCell.Lstm(
                recurrentActivation(config), activation, activation, false);
          }
          case "GRU" -> {
            // Versions that do not write it have only the one.
            boolean after = config.flag("reset_after", config.writer() == Writer.KERAS_3);
            yield new RecurrentCell.Gru(recurrentActivation(config), activation, after);
          }
          default -> throw new AssertionError(kind);
        };
    ignoreTraining(config);
    return new RNNCell(cell, units, config.flag("use_bias", true));
  }

  private static void ignoreTraining(Config config) {
    config.ignoreVariables("kernel", "recurrent", "bias");
    config.ignore("dropout", "recurrent_dropout", "seed", "implementation");
  }

  private static Elementwise recurrentActivation(Config config) {
    Activation otherwise =
        config.writer() == Writer.KERAS_3
            ? Activation.SIGMOID
            : ActivationReader.hardSigmoid(config.writer());
    return activation("recurrent_activation", (Elementwise) otherwise, config);
  }

  private static Elementwise activation(String argument, Elementwise otherwise, Config config) {
    JsonNode node = config.get(argument);
    Activation activation = node.isMissingNode() ? otherwise : ActivationReader.read(node, config);
    if (!(activation instanceof Elementwise elementwise)) {
      throw config.invalid(argument, "a function of each element on its own", node);
    }
    return elementwise;
  }

  private static Layer bidirectional(Config config, String name) {
    RNN forward = direction("layer", config);
    RNNOptions other = forward.options().goBackwards(!forward.options().goBackwards());
    RNN backward =
        config.has("backward_layer") ? direction("backward_layer", config) : forward.options(other);
    JsonNode mode = config.get("merge_mode");
    config.ignore("return_sequences", "return_state", "num_constants", "stateful", "weights");
    return new Bidirectional(
        name,
        forward,
        backward,
        mode.isNull()
            ? MergeMode.NONE
            : config.choice("merge_mode", MergeMode.class, MergeMode.CONCAT));
  }

  private static RNN direction(String argument, Config config) {
    try {
      Layer layer = LayerReader.read(config.get(argument), config.owner(), config.writer()).layer();
      if (layer instanceof RNN rnn) {
        return rnn;
      }
      throw config.invalid(argument, "a SimpleRNN, LSTM, GRU or RNN", layer.className());
    } catch (InvalidLayerException invalid) {
      throw new InvalidLayerException(config.owner() + ": " + invalid.getMessage(), invalid);
    }
  }

  @Override
  public List<SavedVariables> saved(Layer layer, List<WeightSpec> specs) {
    if (layer instanceof RNN rnn) {
      return ofCells(rnn, specs);
    }
    if (layer instanceof ConvLSTM) {
      return List.of(SavedVariables.of("cell", specs));
    }
    Bidirectional both = (Bidirectional) layer;
    List<WeightSpec> forward = new ArrayList<>();
    List<WeightSpec> backward = new ArrayList<>();
    for (WeightSpec spec : specs) {
      (spec.name().startsWith(Bidirectional.FORWARD) ? forward : backward).add(spec);
    }
    List<SavedVariables> saved = new ArrayList<>();
    saved.addAll(SavedVariables.inside("forward_layer", ofCells(both.forward(), forward)));
    saved.addAll(SavedVariables.inside("backward_layer", ofCells(both.backward(), backward)));
    return saved;
  }

  private static List<SavedVariables> ofCells(RNN rnn, List<WeightSpec> specs) {
    if (rnn.cells().size() == 1) {
      return List.of(SavedVariables.of("cell", specs));
    }
    List<SavedVariables> saved = new ArrayList<>();
    Map<String, Integer> counts = new HashMap<>();
    int first = 0;
    for (RNNCell cell : rnn.cells()) {
      int end = first + (cell.useBias() ? 3 : 2);
      if (end <= specs.size()) {
        String name = savedName(cell.kind());
        int before = counts.merge(name, 1, Integer::sum) - 1;
        String path = "cell/cells/" + name + (before == 0 ? "" : "_" + before);
        saved.add(SavedVariables.of(path, specs.subList(first, end)));
      }
      first = end;
    }
    return saved;
  }

  /** What Keras makes of the name of the cell's class. */
  private static String savedName(RecurrentCell kind) {
    if (kind instanceof RecurrentCell.Simple) {
      return "simple_rnn_cell";
    }
    return kind instanceof RecurrentCell.Lstm ? "lstm_cell" : "gru_cell";
  }
}
