package org.conv4j.onednn.choice;

import org.conv4j.machine.Machine;
import org.conv4j.tensor.DataType;

/**
 * What was measured of the ways to run convolutions: which ops are alike, and what each way takes
 * for them at most, in units of oneDNN's direct primitive. One table for each length of vectors,
 * all from {@link Machine#ZEN4}, with {@code ONEDNN_MAX_CPU_ISA} for the shorter ones; another
 * processor is another table. {@code native/README.md} says how to measure, and what.
 *
 * @param row {@code DepthwiseRowConvolution}
 * @param phases {@code DilatedDepthwiseConvolution}
 * @param depthwise {@code NativeDepthwiseConvolution}
 * @param grouped {@code NativeGroupedConvolution}
 * @param image {@code NativeImageConvolution}
 * @param stem {@code NativeStemConvolution}
 * @param pointwise {@code NativePointwiseConvolution}
 * @param winograd {@code NativeWinogradConvolution}
 * @param dense {@code NativeDenseConvolution}
 */
public record ConvolutionCosts(
    Sequence row,
    Sequence phases,
    Depthwise depthwise,
    Grouped grouped,
    Image image,
    Stem stem,
    Pointwise pointwise,
    Winograd winograd,
    Dense dense) {
  /** For vectors of 64 bytes. */
  private static final ConvolutionCosts AVX512 =
      new ConvolutionCosts(
          new Sequence(0.2, 1),
          new Sequence(0.15, 4),
          new Depthwise(8, 16, 0.75, 1.15, 0.14, 0.85, 2.5, 1.5),
          new Grouped(4, 0.55, 2.5),
          new Image(2, 0.6, 3),
          new Stem(8, 2, Integer.MAX_VALUE, 0.7, 0.95, 1.1),
          new Pointwise(4, 24, 32, 8, 64, 64, 0.95, 0.95, 0.97, 0.95, 1.1),
          new Winograd(16, 32, 16, 32, 8, 1, 6),
          new Dense(1.05, 2, 2.2, 4));

  /**
   * For vectors of 32 bytes. oneDNN's depthwise kernels for several filters a channel, and its
   * direct one for few channels and many filters, are slower than with longer vectors.
   */
  private static final ConvolutionCosts AVX2 =
      new ConvolutionCosts(
          new Sequence(0.2, 1),
          new Sequence(0.15, 2),
          new Depthwise(3, 4, 0.75, 0.8, 0.14, 0.8, 2.5, 1.5),
          new Grouped(4, 0.55, 2.5),
          new Image(2, 0.6, 3),
          new Stem(16, 2, 6, 0.7, 0.95, 1.1),
          new Pointwise(4, 24, 32, 8, 64, 64, 0.95, 0.95, 0.97, 0.95, 1.1),
          new Winograd(16, 32, 16, 32, 8, 1, 6),
          new Dense(1.05, 1.5, 1.4, 2.2));

  /** For vectors of 16 bytes, for which oneDNN has few kernels. */
  private static final ConvolutionCosts SHORT =
      new ConvolutionCosts(
          new Sequence(0.2, 1),
          new Sequence(0.15, 1),
          new Depthwise(4, 4, 0.75, 0.8, 0.14, 0.85, 2.5, 1.5),
          new Grouped(4, 0.55, 2.5),
          new Image(2, 0.6, 3),
          new Stem(32, 2, 1, 0.7, 0.85, 1.1),
          new Pointwise(4, 24, 32, 8, 64, 64, 0.95, 0.95, 0.97, 1.1, 1.1),
          new Winograd(16, 32, 16, 32, 8, 1.5, 6),
          new Dense(0.75, 1.3, 1.1, 4));

  /** For float64: in units of our general kernel, and for those kernels that have this type. */
  private static final ConvolutionCosts FLOAT64 =
      new ConvolutionCosts(
          null,
          null,
          new Depthwise(2, 2, 0.5, 0.5, 0.5, 0.8, 0.8, 0.8),
          new Grouped(4, 0.9, 1.5),
          new Image(1, 0.8, 3),
          null,
          null,
          null,
          new Dense(1, 1, 1, 1));

  /**
   * oneDNN's depthwise kernels over sequences.
   *
   * @param depthwise with one filter for each channel
   * @param multiplied with several, for which it has none
   */
  public record Sequence(double depthwise, double multiplied) {}

  /**
   * Vectors along the filters. oneDNN's time for what it is slow at grows with each channel, this
   * kernel's with each vector, so it takes some channels to pay.
   *
   * @param leastChannels the least in two and three dimensions
   * @param leastSequenceChannels the least over sequences without dilation
   * @param rows what kernels of 3, 5 or 7 taps in a row cost, one filter for each channel, strides
   *     of at most 2
   * @param waitingRows the same for 3x3 taps over images far beyond the cache, without a function
   * @param sequenceRows what such rows cost over sequences
   * @param slow what oneDNN is slow at, with as many channels
   * @param ordinary what oneDNN is fast at
   * @param few what oneDNN is slow at, with fewer channels
   */
  public record Depthwise(
      int leastChannels,
      int leastSequenceChannels,
      double rows,
      double waitingRows,
      double sequenceRows,
      double slow,
      double ordinary,
      double few) {}

  /**
   * Several groups to a vector.
   *
   * @param largest the largest group that pays
   * @param small what groups up to that cost
   * @param large what larger ones cost
   */
  public record Grouped(int largest, double small, double large) {}

  /**
   * Vectors along the width.
   *
   * @param leastVectors the least vectors in a row, for several filters; with one, a single one
   *     does
   * @param wide what rows of as many cost
   * @param narrow what shorter ones cost
   */
  public record Image(int leastVectors, double wide, double narrow) {}

  /**
   * Few channels to some vectors of filters.
   *
   * @param mostVectors the most that were measured to pay
   * @param fewVectors up to as many, strides pay
   * @param manyVectors from as many on, several channels pay without strides, too
   * @param pairs what filters cost that fill at most half a vector, two inputs at a time
   * @param vectors what filters cost that pay
   * @param other the others
   */
  public record Stem(
      int mostVectors,
      int fewVectors,
      int manyVectors,
      double pairs,
      double vectors,
      double other) {}

  /**
   * A single tap. oneDNN's kernel runs at the processor's peak where many channels meet filters
   * that fill its vectors.
   *
   * @param fewPixels with more, a tile of them reads the weights, which are all the work, several
   *     times
   * @param fewChannels with more, oneDNN's is as fast
   * @param fewChannelsToAVector the same where the filters are a single vector
   * @param fewVectors in more of them, half a vector is no longer much
   * @param tilePixels the pixels of a tile that oneDNN gives to a thread
   * @param tileFilters its filters: with two threads and 64 filters, 320 filters of 7x7 pixels are
   *     3 tiles for one and 2 for the other
   * @param pixels what few pixels cost
   * @param halfVector what filters cost that leave half a vector empty
   * @param gaining what the others cost that pay
   * @param function what those cost behind which a function is computed, if their weights stay in
   *     the cache
   * @param other the rest
   */
  public record Pointwise(
      int fewPixels,
      int fewChannels,
      int fewChannelsToAVector,
      int fewVectors,
      int tilePixels,
      int tileFilters,
      double pixels,
      double halfVector,
      double gaining,
      double function,
      double other) {}

  /**
   * Tiles whose products save multiplications, which the kernel itself counts.
   *
   * @param leastChannels below, the transforms cost what the products save
   * @param leastRowChannels the same for taps along one axis only
   * @param leastRowFilters the least filters for those
   * @param leastGroup the same for groups, which take turns over the whole image
   * @param leastSmallGroup the same for groups that fill a vector, one or two together
   * @param speed how much faster than oneDNN's direct primitive it multiplies
   * @param few what fewer channels cost
   */
  public record Winograd(
      int leastChannels,
      int leastRowChannels,
      int leastRowFilters,
      int leastGroup,
      int leastSmallGroup,
      double speed,
      double few) {}

  /**
   * Any convolution.
   *
   * @param full what many channels and several taps cost
   * @param other what a single tap or few channels cost
   * @param grouped what groups cost
   * @param depthwise what groups of a single channel cost
   */
  public record Dense(double full, double other, double grouped, double depthwise) {}

  /** Returns the table for a machine and a data type. */
  public static ConvolutionCosts of(Machine machine, DataType dataType) {
    if (dataType == DataType.FLOAT64) {
      return FLOAT64;
    }
    return machine.vectorBytes() >= 64 ? AVX512 : machine.vectorBytes() >= 32 ? AVX2 : SHORT;
  }
}
