package org.conv4j.stream.execution;

import java.util.List;
import org.conv4j.stream.analysis.History;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Histories that a chunk's plan reads as they are. */
final class ChunkState implements StreamState {
  private final List<History> histories;
  private final Tensor[] tensors;

  ChunkState(List<History> histories, DataType dataType) {
    this.histories = histories;
    tensors = Histories.allocate(histories, dataType);
  }

  Tensor[] tensors() {
    return tensors;
  }

  @Override
  public void begin() {
    for (int i = 0; i < tensors.length; i++) {
      Histories.begin(tensors[i], histories.get(i));
    }
  }

  @Override
  public void copyTo(Tensor[] targets) {
    copy(tensors, targets);
  }

  @Override
  public void copyFrom(Tensor[] sources) {
    copy(sources, tensors);
  }

  private static void copy(Tensor[] from, Tensor[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i].copyFrom(from[i].toDoubleArray());
    }
  }

  @Override
  public void close() {
    Histories.close(tensors);
  }
}
