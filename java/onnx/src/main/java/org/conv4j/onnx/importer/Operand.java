package org.conv4j.onnx.importer;

import java.util.List;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.onnx.format.TensorData;
import org.conv4j.onnx.format.TensorType;
import org.conv4j.onnx.operator.NodeLayer;
import org.conv4j.onnx.shape.Known;
import org.conv4j.weights.Constant;

/** What a name of a graph stands for. */
sealed interface Operand {
  /** The type of its elements. */
  TensorType type();

  /** A small tensor that is known once shapes are. */
  record Expression(Known known) implements Operand {
    @Override
    public TensorType type() {
      return known.type();
    }
  }

  /** A constant of the file that may be large. */
  record Stored(TensorData data) implements Operand {
    @Override
    public TensorType type() {
      return data.type();
    }
  }

  /** One number many times. */
  record Filled(String name, TensorType type, Constant.Filled constant) implements Operand {}

  /**
   * A value that a run computes, or that weights alone decide. Compared by identity.
   *
   * @param name what messages call it
   * @param type the type of its elements
   * @param tensor its place in the model
   * @param layer the layer that computes it; null for an input
   * @param inputs what that layer takes
   * @param constant whether it is the same in every run
   */
  record Computed(
      String name,
      TensorType type,
      SymbolicTensor tensor,
      NodeLayer layer,
      List<Computed> inputs,
      boolean constant)
      implements Operand {
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
