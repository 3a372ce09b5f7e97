package org.conv4j.portable;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.op.Permute;

/**
 * A permutation in its simplest form: without dimensions of extent 1, and with dimensions that stay
 * neighbours merged.
 *
 * @param extents by output dimension
 * @param inputStrides by output dimension, how far a step along it moves in the input
 */
record AxisOrder(int[] extents, int[] inputStrides) {
  static AxisOrder of(Permute op) {
    List<int[]> merged = new ArrayList<>();
    for (int axis : op.axes().toArray()) {
      int extent = op.input().intDim(axis);
      if (extent == 1) {
        continue;
      }
      int stride = 1;
      for (int inner = axis + 1; inner < op.input().rank(); inner++) {
        stride *= op.input().intDim(inner);
      }
      int[] last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && last[1] == extent * stride) {
        last[0] *= extent;
        last[1] = stride;
      } else {
        merged.add(new int[] {extent, stride});
      }
    }
    return new AxisOrder(
        merged.stream().mapToInt(axis -> axis[0]).toArray(),
        merged.stream().mapToInt(axis -> axis[1]).toArray());
  }

  int rank() {
    return extents.length;
  }

  /** How far a step along an output dimension moves in the output. */
  int outputStride(int dimension) {
    int stride = 1;
    for (int inner = dimension + 1; inner < rank(); inner++) {
      stride *= extents[inner];
    }
    return stride;
  }

  /** The output dimension whose neighbours are neighbours in the input. */
  int contiguousInInput() {
    int dimension = 0;
    while (inputStrides[dimension] != 1) {
      dimension++;
    }
    return dimension;
  }
}
