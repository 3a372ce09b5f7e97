package org.conv4j.dl4j.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.tensor.DataType;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Translates whole networks. Stateless. */
public final class Networks {
  private Networks() {}

  /**
   * Translates a chain of layers.
   *
   * @param network an initialised network
   * @return the model, or what it cannot be made of
   */
  public static Conversion translate(MultiLayerNetwork network) {
    requireInitialised(network.getLayers() != null);
    Draft draft = new Draft(type(network.getLayerWiseConfigurations().getDataType()));
    return translate(
        draft,
        () -> {
          SymbolicTensor value = draft.input("input");
          Set<String> names = new HashSet<>();
          for (int i = 0; i < network.getnLayers(); i++) {
            Layer layer = network.getLayer(i);
            InputPreProcessor preprocessor =
                network.getLayerWiseConfigurations().getInputPreProcess(i);
            value = layer(draft, name(layer, i, names), layer, preprocessor, value);
          }
          return draft.finish(List.of("output"), List.of(value));
        });
  }

  /**
   * Translates a graph.
   *
   * @param graph an initialised network
   * @return the model, with inputs and outputs in the order of the graph's, or what it cannot be
   *     made of
   */
  public static Conversion translate(ComputationGraph graph) {
    requireInitialised(graph.getVertices() != null && graph.getLayers() != null);
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    Draft draft = new Draft(type(configuration.getDataType()));
    return translate(
        draft,
        () -> {
          Map<String, SymbolicTensor> values = new HashMap<>();
          for (String input : configuration.getNetworkInputs()) {
            values.put(input, draft.input(input));
          }
          for (int index : graph.topologicalSortOrder()) {
            String name = graph.getVertices()[index].getVertexName();
            if (!values.containsKey(name)) {
              values.put(name, vertex(draft, graph, name, values));
            }
          }
          List<String> names = configuration.getNetworkOutputs();
          return draft.finish(names, names.stream().map(values::get).toList());
        });
  }

  private static SymbolicTensor vertex(
      Draft draft, ComputationGraph graph, String name, Map<String, SymbolicTensor> values) {
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    GraphVertex vertex = configuration.getVertices().get(name);
    List<SymbolicTensor> inputs = new ArrayList<>();
    for (String input : configuration.getVertexInputs().get(name)) {
      inputs.add(values.get(input));
    }
    if (vertex instanceof LayerVertex of && vertex.getClass() == LayerVertex.class) {
      return layer(draft, name, graph.getLayer(name), of.getPreProcessor(), inputs.get(0));
    }
    return draft.part(
        name,
        vertex,
        () -> Vertices.apply(draft, name, vertex, inputs.toArray(SymbolicTensor[]::new)));
  }

  private static SymbolicTensor layer(
      Draft draft, String name, Layer layer, InputPreProcessor preprocessor, SymbolicTensor input) {
    org.deeplearning4j.nn.conf.layers.Layer configuration = layer.conf().getLayer();
    Parameters parameters = new Parameters(draft, layer::getParam);
    return draft.part(
        name,
        Layers.thawed(configuration),
        () -> Layers.apply(draft, name, configuration, preprocessor, parameters, input));
  }

  /** What was copied is freed if translating fails in a way that nobody has thought of. */
  private static Conversion translate(Draft draft, Supplier<Conversion> translation) {
    try {
      return translation.get();
    } catch (RuntimeException | Error failure) {
      draft.close();
      throw failure;
    }
  }

  private static String name(Layer layer, int index, Set<String> taken) {
    String given = layer.conf().getLayer().getLayerName();
    String name = given == null ? "layer" + index : given;
    return taken.add(name) ? name : name + "#" + index;
  }

  private static void requireInitialised(boolean initialised) {
    if (!initialised) {
      throw new InvalidArgumentException(
          "The network has no layers yet; call its init() before it is converted.");
    }
  }

  private static DataType type(org.nd4j.linalg.api.buffer.DataType type) {
    return switch (type) {
      case FLOAT -> DataType.FLOAT32;
      case DOUBLE -> DataType.FLOAT64;
      default ->
          throw new InvalidArgumentException(
              "conv4j computes with FLOAT and DOUBLE; the network computes with %s."
                  .formatted(type));
    };
  }
}
