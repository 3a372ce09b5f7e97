package org.conv4j.keras.weights;

import org.conv4j.layer.Layer;
import org.conv4j.layer.Wrapper;
import org.conv4j.layer.applications.LayerScale;
import org.conv4j.layer.attention.MultiHeadAttention;
import org.conv4j.layer.convolution.BaseDepthwiseConv;
import org.conv4j.layer.recurrent.Bidirectional;
import org.conv4j.model.ModelLayer;

/** What Keras's versions and TensorFlow call a layer's variables, by today's names. */
public final class VariableNames {
  private VariableNames() {}

  /**
   * Today's name of a layer's variable.
   *
   * @param layer the layer
   * @param saved {@code kernel}, with or without the names of layers before it ({@code
   *     conv2d/kernel}) and TensorFlow's {@code :0} behind it
   */
  public static String of(Layer layer, String saved) {
    String last = saved.substring(saved.lastIndexOf('/') + 1);
    String name = last.endsWith(":0") ? last.substring(0, last.length() - 2) : last;
    if (layer instanceof ModelLayer) {
      return inside(layer.name(), saved);
    }
    Layer inner = Wrapper.innermost(layer);
    if (inner instanceof BaseDepthwiseConv && name.equals("depthwise_kernel")) {
      // Keras 1 and 2, TensorFlow.js.
      return "kernel";
    }
    if (inner instanceof Bidirectional) {
      // The layer inside is called forward_lstm, for example.
      boolean forward = saved.startsWith("forward_") || saved.contains("/forward_");
      return (forward ? Bidirectional.FORWARD : Bidirectional.BACKWARD) + name;
    }
    if (inner instanceof MultiHeadAttention) {
      String before = saved.substring(0, Math.max(0, saved.lastIndexOf('/')));
      return before.substring(before.lastIndexOf('/') + 1) + "/" + name;
    }
    // Keras gives this variable no name, so that it gets a number.
    return inner instanceof LayerScale && name.startsWith("variable") ? "gamma" : name;
  }

  /** The name of a custom layer's variable: what stands behind the layer's name. */
  static String inside(String layer, String saved) {
    String name = saved.endsWith(":0") ? saved.substring(0, saved.length() - 2) : saved;
    int at = ("/" + name).lastIndexOf("/" + layer + "/");
    return at < 0 ? name : name.substring(at + layer.length() + 1);
  }
}
