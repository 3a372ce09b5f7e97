package org.conv4j.stream.execution;

import java.util.List;
import org.conv4j.stream.analysis.History;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Memory for histories. */
public final class Histories {
  private Histories() {}

  /** Memory for histories, with what is in them at the beginning; the caller closes it. */
  public static Tensor[] allocate(List<History> histories, DataType dataType) {
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

  /** Frees the memory. */
  public static void close(Tensor[] tensors) {
    for (Tensor tensor : tensors) {
      if (tensor != null) {
        tensor.close();
      }
    }
  }
}
