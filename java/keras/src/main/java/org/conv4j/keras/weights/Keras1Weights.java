package org.conv4j.keras.weights;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.keras.file.SavedWeight;
import org.conv4j.keras.weights.LegacyOrder.Slot;
import org.conv4j.layer.Layer;
import org.conv4j.layer.Wrapper;
import org.conv4j.layer.convolution.BaseConv;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;

/**
 * Kernels of Keras 1 in today's layout {@code (k..., channels, filters)}: where the channels come
 * first, {@code (filters, channels, k...)}; of sequences, with an extent of 1 as the second of two.
 * The loader of Keras 2 does the same.
 */
final class Keras1Weights {
  private Keras1Weights() {}

  /** The weights with kernels rearranged that are listed in an order. */
  static List<SavedWeight> rearrange(List<SavedWeight> weights, List<Slot> order) {
    List<SavedWeight> rearranged = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      rearranged.add(rearrange(weights.get(i), order.get(i)));
    }
    return rearranged;
  }

  private static SavedWeight rearrange(SavedWeight weight, Slot slot) {
    Layer layer = Wrapper.innermost(slot.leaf().layer());
    boolean kernel = layer instanceof BaseConv<?> && slot.spec().name().equals("kernel");
    if (!kernel || weight.shape().rank() != Math.max(4, slot.spec().shape().rank())) {
      return weight;
    }
    int rank = weight.shape().rank();
    Shape needed = slot.spec().shape();
    SavedWeight today = weight;
    boolean sequence = needed.rank() == 3;
    boolean first = ((BaseConv<?>) layer).options().dataFormat() == DataFormat.CHANNELS_FIRST;
    if (sequence ? weight.shape().dim(1) != 1 : first) {
      today = weight.permute(IntTuple.generate(rank, i -> i < rank - 2 ? i + 2 : rank - 1 - i));
    }
    boolean squeezed = sequence && today.shape().dim(1) == 1;
    return squeezed && today.shape().elementCount() == needed.elementCount()
        ? today.reshape(needed)
        : today;
  }
}
