package org.conv4j.cli.data;

import java.util.Map;
import org.conv4j.tensor.Tensor;

/** Owns named tensors: closing it closes them all. */
public record TensorSet(Map<String, Tensor> tensors) implements AutoCloseable {
  @Override
  public void close() {
    tensors.values().forEach(Tensor::close);
  }
}
