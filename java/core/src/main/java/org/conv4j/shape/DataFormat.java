package org.conv4j.shape;

import java.util.Locale;

/** Keras's names for the position of the channels in a tensor. */
public enum DataFormat {
  /** Batch, spatial dimensions, channels. */
  CHANNELS_LAST,
  /** Batch, channels, spatial dimensions. */
  CHANNELS_FIRST;

  /**
   * Returns the axes that turn a channels-last tensor into this format.
   *
   * @param rank the tensor's rank, batch and channels included
   * @return for each dimension in this format, its dimension in channels-last
   */
  public IntTuple axesFromChannelsLast(int rank) {
    int[] axes = new int[rank];
    for (int i = 0; i < rank; i++) {
      axes[i] = this == CHANNELS_LAST || i == 0 ? i : i == 1 ? rank - 1 : i - 1;
    }
    return IntTuple.of(axes);
  }

  /**
   * Returns the axes that turn a tensor of this format into channels-last.
   *
   * @param rank the tensor's rank, batch and channels included
   * @return for each dimension in channels-last, its dimension in this format
   */
  public IntTuple axesToChannelsLast(int rank) {
    return this == CHANNELS_LAST
        ? IntTuple.generate(rank, i -> i)
        : IntTuple.generate(rank, i -> i == 0 ? 0 : i == rank - 1 ? 1 : i + 1);
  }

  /**
   * Returns Keras's spelling.
   *
   * @return the lower-case name
   */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
