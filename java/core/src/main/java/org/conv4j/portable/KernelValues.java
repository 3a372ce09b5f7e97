package org.conv4j.portable;

import org.conv4j.op.Deconvolution;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A kernel's weights while an op is compiled, in the order of a convolution's kernel.
 *
 * @param values by tap, channel of the group and filter
 * @param filters the number of filters
 */
record KernelValues(double[] values, int filters) {
  static KernelValues of(Tensor kernel) {
    return new KernelValues(kernel.toDoubleArray(), kernel.shape().intDim(-1));
  }

  /** The kernel of a transposed convolution has filters and channels the other way round. */
  static KernelValues of(Deconvolution op, Tensor kernel) {
    int filters = op.output().intDim(-1);
    int channels = op.input().intDim(-1);
    double[] stored = kernel.toDoubleArray();
    double[] values = new double[stored.length];
    for (int tap = 0; tap < op.window().taps(); tap++) {
      for (int f = 0; f < filters; f++) {
        for (int c = 0; c < channels; c++) {
          values[(tap * channels + c) * filters + f] = stored[(tap * filters + f) * channels + c];
        }
      }
    }
    return new KernelValues(values, filters);
  }

  double get(int tap, int channels, int channel, int filter) {
    return values[(tap * channels + channel) * filters + filter];
  }

  /**
   * The weights of some taps in the order in which {@link Rows#addProducts} uses them: a row for
   * each block of filters of a group; zeros fill the last step of each.
   */
  Rows packed(DataType dataType, Geometry geometry, int[] taps) {
    int channels = geometry.channelsPerGroup();
    int filtersPerGroup = geometry.filtersPerGroup();
    int blocks = blocks(filtersPerGroup);
    int depth = padded(taps.length * channels);
    Rows packed = Rows.allocate(dataType, geometry.groups() * blocks, depth * Rows.BLOCK);
    for (int f = 0; f < filters; f++) {
      int block = f % filtersPerGroup / Rows.BLOCK;
      int inBlock = f % filtersPerGroup % Rows.BLOCK;
      int blockSize = Math.min(Rows.BLOCK, filtersPerGroup - block * Rows.BLOCK);
      int row = f / filtersPerGroup * blocks + block;
      for (int k = 0; k < taps.length * channels; k++) {
        int at = (k / Rows.DEPTH * blockSize + inBlock) * Rows.DEPTH + k % Rows.DEPTH;
        packed.set(row, at, get(taps[k / channels], channels, k % channels, f));
      }
    }
    return packed;
  }

  /** The number of blocks of some filters. */
  static int blocks(int filters) {
    return (filters + Rows.BLOCK - 1) / Rows.BLOCK;
  }

  /** The number of rows to multiply, filled up to whole steps. */
  static int padded(int depth) {
    return (depth + Rows.DEPTH - 1) / Rows.DEPTH * Rows.DEPTH;
  }
}
