package org.conv4j.onednn.choice;

import org.conv4j.machine.Machine;
import org.conv4j.tensor.DataType;

/**
 * What was measured of the ways to run transposed convolutions, as {@link ConvolutionCosts}.
 *
 * @param winograd {@code NativeWinogradDeconvolution}
 * @param patch {@code NativePatchDeconvolution}
 * @param dense {@code NativeDenseDeconvolution}
 */
public record DeconvolutionCosts(ConvolutionCosts.Winograd winograd, Patch patch, double dense) {
  private static final DeconvolutionCosts LONG =
      new DeconvolutionCosts(
          new ConvolutionCosts.Winograd(8, 32, 16, 0, 0, 1, 6),
          new Patch(8, 1 << 15, 0.95, 1.3),
          1.5);

  /** For vectors of 16 bytes, for which oneDNN multiplies matrices that it copies together. */
  private static final DeconvolutionCosts SHORT =
      new DeconvolutionCosts(
          new ConvolutionCosts.Winograd(8, 32, 16, 0, 0, 1.5, 6),
          new Patch(8, 1 << 15, 0.5, 1.3),
          1.1);

  private static final DeconvolutionCosts FLOAT64 = new DeconvolutionCosts(null, null, 1);

  /**
   * Kernels that move by their own length.
   *
   * @param leastRow tiles fill a row of so many pixels well; shorter ones are computed in part
   *     twice
   * @param fewWeights with fewer, what oneDNN spends on a call is more than that
   * @param gaining what pays
   * @param other the rest
   */
  public record Patch(int leastRow, int fewWeights, double gaining, double other) {}

  /** Returns the table for a machine and a data type. */
  public static DeconvolutionCosts of(Machine machine, DataType dataType) {
    if (dataType == DataType.FLOAT64) {
      return FLOAT64;
    }
    return machine.vectorBytes() >= 32 ? LONG : SHORT;
  }
}
