package org.conv4j.plan;

import java.util.List;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.ValueType;
import org.conv4j.tensor.internal.HeldElements;

/**
 * Where a session computes a part of a batch of which its caller wants the first examples only. It
 * owns tensors, which it allocates when they are first needed. For one thread at a time.
 */
final class PartialOutputs implements AutoCloseable {
  private final ValueType[] types;

  /** How many examples a part has. */
  private final int examples;

  private Tensor[] outputs;

  PartialOutputs(List<ValueType> types, int examples) {
    this.types = types.toArray(ValueType[]::new);
    this.examples = examples;
  }

  int examples() {
    return examples;
  }

  /** What the part is computed into. */
  Tensor[] outputs() {
    if (outputs == null) {
      Tensor[] made = new Tensor[types.length];
      try {
        for (int i = 0; i < made.length; i++) {
          made[i] = Tensor.allocate(types[i].dataType(), types[i].shape());
        }
      } catch (RuntimeException | Error failure) {
        close(made);
        throw failure;
      }
      outputs = made;
    }
    return outputs;
  }

  /** Copies the first examples to tensors of the same shapes, whose memory is held. */
  void copyTo(Tensor[] results, int count) {
    for (int i = 0; i < types.length; i++) {
      int elements = (int) (types[i].shape().elementCount() / examples) * count;
      HeldElements.copy(outputs[i], results[i], elements);
    }
  }

  @Override
  public void close() {
    if (outputs != null) {
      close(outputs);
    }
  }

  private static void close(Tensor[] tensors) {
    for (Tensor tensor : tensors) {
      if (tensor != null) {
        tensor.close();
      }
    }
  }
}
