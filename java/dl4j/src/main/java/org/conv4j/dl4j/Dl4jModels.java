package org.conv4j.dl4j;

import org.conv4j.dl4j.convert.Conversion;
import org.conv4j.dl4j.convert.Networks;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.tensor.Tensor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Makes networks of Deeplearning4j run on conv4j. The weights are copied: what becomes of the
 * network afterwards, be it trained or closed, changes nothing, and a network that was trained is
 * converted again.
 *
 * <p>Layers are known by their exact class. Dropout and noise, which are for training, are left
 * out; masks cannot be given, and recurrent layers are not known. Safe for any thread, as long as
 * nobody changes the network.
 */
public final class Dl4jModels {
  private Dl4jModels() {}

  /**
   * Converts a chain of layers, to run with {@link Dl4jOptions#DEFAULT}.
   *
   * @param network an initialised network of FLOAT or DOUBLE
   * @return what takes the place of the network's {@code output}; the caller closes it
   * @throws UnsupportedNetworkException if there are layers that conv4j cannot run
   * @throws org.conv4j.error.EngineUnavailableException if oneDNN cannot be used here
   */
  public static Dl4jModel from(MultiLayerNetwork network) {
    return from(network, Dl4jOptions.DEFAULT);
  }

  /**
   * Converts a chain of layers.
   *
   * @param network an initialised network of FLOAT or DOUBLE
   * @param options how to run it
   * @return what takes the place of the network's {@code output}; the caller closes it
   * @throws UnsupportedNetworkException if there are layers that conv4j cannot run
   * @throws org.conv4j.error.EngineUnavailableException if there is no such engine here
   */
  public static Dl4jModel from(MultiLayerNetwork network, Dl4jOptions options) {
    InvalidArgumentException.requirePresent(network, "The network");
    InvalidArgumentException.requirePresent(options, "The options");
    return model(Networks.translate(network), options);
  }

  /**
   * Converts a graph, to run with {@link Dl4jOptions#DEFAULT}.
   *
   * @param graph an initialised network of FLOAT or DOUBLE
   * @return what takes the place of the network's {@code output}; the caller closes it
   * @throws UnsupportedNetworkException if there are layers or vertices that conv4j cannot run
   * @throws org.conv4j.error.EngineUnavailableException if oneDNN cannot be used here
   */
  public static Dl4jModel from(ComputationGraph graph) {
    return from(graph, Dl4jOptions.DEFAULT);
  }

  /**
   * Converts a graph.
   *
   * @param graph an initialised network of FLOAT or DOUBLE
   * @param options how to run it
   * @return what takes the place of the network's {@code output}; the caller closes it
   * @throws UnsupportedNetworkException if there are layers or vertices that conv4j cannot run
   * @throws org.conv4j.error.EngineUnavailableException if there is no such engine here
   */
  public static Dl4jModel from(ComputationGraph graph, Dl4jOptions options) {
    InvalidArgumentException.requirePresent(graph, "The graph");
    InvalidArgumentException.requirePresent(options, "The options");
    return model(Networks.translate(graph), options);
  }

  private static Dl4jModel model(Conversion conversion, Dl4jOptions options) {
    if (!conversion.unsupported().isEmpty()) {
      throw new UnsupportedNetworkException(conversion.unsupported());
    }
    try {
      Engine engine = Engines.byName(options.engine(), conversion.dataType(), options.fallback());
      return new Dl4jModel(conversion, engine, options);
    } catch (RuntimeException | Error failure) {
      conversion.weights().forEach(Tensor::close);
      throw failure;
    }
  }
}
