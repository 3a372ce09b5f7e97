package org.conv4j.keras.model;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.keras.custom.CustomLayer;
import org.conv4j.keras.custom.CustomLayerReader;
import org.conv4j.keras.custom.LayerArguments;
import org.conv4j.keras.custom.LayerVariables;
import org.conv4j.keras.graph.LayerConfig;
import org.conv4j.keras.json.KerasJson;
import org.conv4j.keras.layer.LayerReader;
import org.conv4j.keras.layer.TypedLayer;
import org.conv4j.keras.writer.Writer;
import org.conv4j.model.FunctionalBuilder;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.model.ModelLayer;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.weights.Constant;
import org.conv4j.weights.WeightSpec;

/**
 * What makes a custom layer once its variables are known.
 *
 * @param reader says what it computes
 * @param config its configuration
 * @param place what messages call it
 * @param writer what wrote the configuration
 * @param inputs how many tensors it takes
 */
record CustomReading(
    CustomLayerReader reader, LayerConfig config, String place, Writer writer, int inputs) {

  TypedLayer read(List<WeightSpec> specs, List<Constant> constants) {
    LayerVariables variables = new LayerVariables(specs, constants);
    CustomLayer layer = ask(variables);
    try {
      return new TypedLayer(
          new ModelLayer(config.name(), config.className(), model(layer), specs),
          LayerReader.dataType(config.json(), config.name(), writer));
    } catch (Conv4jException invalid) {
      throw new InvalidLayerException(place + ": " + invalid.getMessage(), invalid);
    }
  }

  /** The reader is a program's code, which may fail in any way. */
  private CustomLayer ask(LayerVariables variables) {
    LayerArguments arguments =
        new LayerArguments(
            config.name(), config.className(), KerasJson.write(config.config()), writer);
    try {
      CustomLayer layer = reader.read(arguments, variables);
      if (layer == null) {
        throw new InvalidLayerException("its reader returned null, not a CustomLayer.");
      }
      variables.requireRead();
      return layer;
    } catch (Conv4jException invalid) {
      throw new InvalidLayerException(place + ": " + invalid.getMessage(), invalid);
    } catch (RuntimeException failure) {
      throw new InvalidLayerException(place + ": its reader failed: " + failure + ".", failure);
    }
  }

  private Model model(CustomLayer layer) {
    if (layer instanceof CustomLayer.Graph graph) {
      return graph.model();
    }
    CustomLayer.Single single = (CustomLayer.Single) layer;
    FunctionalBuilder builder = Model.functional();
    List<SymbolicTensor> taken = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      taken.add(builder.input(InputSpec.any("input_" + i)));
    }
    return builder.build(builder.apply("", single.layer(), single.weights(), taken));
  }
}
