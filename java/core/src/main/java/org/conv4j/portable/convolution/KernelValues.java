package org.conv4j.portable.convolution;

import java.util.List;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.portable.rows.Rows;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * The weights of an op that is being compiled, in the order of a convolution's kernel.
 *
 * @param values by tap, channel of the group and filter
 * @param bias by filter
 */
public record KernelValues(double[] values, double[] bias) {
  static KernelValues of(Convolution op, List<Tensor> constants) {
    return new KernelValues(
        constants.get(0).toDoubleArray(), bias(op.bias(), constants, op.output().intDim(-1)));
  }

  /** The kernel of a transposed convolution has filters and channels the other way round. */
  static KernelValues of(Deconvolution op, List<Tensor> constants) {
    int filters = op.output().intDim(-1);
    int channels = op.input().intDim(-1);
    double[] stored = constants.get(0).toDoubleArray();
    double[] values = new double[stored.length];
    for (int tap = 0; tap < op.window().taps(); tap++) {
      for (int f = 0; f < filters; f++) {
        for (int c = 0; c < channels; c++) {
          values[(tap * channels + c) * filters + f] = stored[(tap * filters + f) * channels + c];
        }
      }
    }
    return new KernelValues(values, bias(op.bias(), constants, filters));
  }

  private static double[] bias(boolean present, List<Tensor> constants, int filters) {
    return present ? constants.get(1).toDoubleArray() : new double[filters];
  }

  int filters() {
    return bias.length;
  }

  double get(int tap, int channels, int channel, int filter) {
    return values[(tap * channels + channel) * filters() + filter];
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
    for (int f = 0; f < filters(); f++) {
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
  public static int padded(int depth) {
    return (depth + Rows.DEPTH - 1) / Rows.DEPTH * Rows.DEPTH;
  }
}
