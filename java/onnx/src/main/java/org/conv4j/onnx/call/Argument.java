package org.conv4j.onnx.call;

import org.conv4j.onnx.format.TensorData;
import org.conv4j.onnx.format.TensorType;
import org.conv4j.onnx.shape.Known;
import org.conv4j.weights.Constant;

/** Where a node's input comes from. */
public sealed interface Argument {
  /** The type of its elements in the file. */
  TensorType type();

  /**
   * A value of the run.
   *
   * @param input which of the layer's inputs
   * @param type see {@link #type}
   */
  record Given(int input, TensorType type) implements Argument {}

  /**
   * A constant that may be large: it is read when a plan is compiled.
   *
   * @param name its name, the layer's for the weight
   * @param constant its elements
   * @param data where it is in the file; null if it is computed
   * @param type see {@link #type}
   */
  record Weight(String name, Constant constant, TensorData data, TensorType type)
      implements Argument {}

  /**
   * A small tensor that is known once shapes are.
   *
   * @param known the expression
   */
  record Expression(Known known) implements Argument {
    @Override
    public TensorType type() {
      return known.type();
    }
  }

  /** An optional input that is left out. */
  record Missing() implements Argument {
    @Override
    public TensorType type() {
      return TensorType.OTHER;
    }
  }
}
