package org.conv4j.stream;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.stream.analysis.History;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * What a thread needs to run any chunk of a plan: lent to a stream while it is in a call. It keeps
 * nothing of a stream, but exchanges the memory of histories with it.
 */
final class Workspace implements AutoCloseable {
  private final CompiledChunk.Runner[] runners;

  /** Memory for what the histories become. */
  private final Tensor[] spare;

  Workspace(List<CompiledChunk> chunks, List<History> histories, DataType dataType) {
    List<CompiledChunk.Runner> made = new ArrayList<>();
    try {
      for (CompiledChunk chunk : chunks) {
        made.add(chunk.newRunner());
      }
      spare = allocate(histories, dataType);
    } catch (RuntimeException | Error failure) {
      made.forEach(CompiledChunk.Runner::close);
      throw failure;
    }
    runners = made.toArray(CompiledChunk.Runner[]::new);
  }

  /** Memory for histories, with what is in them at the beginning. */
  static Tensor[] allocate(List<History> histories, DataType dataType) {
    Tensor[] made = new Tensor[histories.size()];
    try {
      for (int i = 0; i < made.length; i++) {
        made[i] = Tensor.allocate(dataType, histories.get(i).shape());
        begin(made[i], histories.get(i));
      }
    } catch (RuntimeException | Error failure) {
      close(made);
      throw failure;
    }
    return made;
  }

  static void begin(Tensor tensor, History history) {
    double initial = history.initial();
    tensor.transform(old -> initial);
  }

  static void close(Tensor[] tensors) {
    for (Tensor tensor : tensors) {
      if (tensor != null) {
        tensor.close();
      }
    }
  }

  CompiledChunk.Runner runner(int chunk) {
    return runners[chunk];
  }

  Tensor[] spare() {
    return spare;
  }

  @Override
  public void close() {
    for (CompiledChunk.Runner runner : runners) {
      runner.close();
    }
    close(spare);
  }
}
