package org.conv4j.op;

/**
 * An op that adds up products of what it reads and a kernel, its first constant, and a bias, its
 * second one, if it has one. The kernel's last two axes are channels, those of a group, and
 * filters, in one order or the other.
 */
public sealed interface Weighted extends Activated
    permits Convolution, Deconvolution, InnerProduct {
  /**
   * Returns whether there is a bias.
   *
   * @return true if so
   */
  boolean bias();

  /**
   * Sets whether there is a bias.
   *
   * @param present whether there is
   * @return a changed copy
   */
  Weighted withBias(boolean present);

  /**
   * Returns the number of groups that channels and filters are divided into.
   *
   * @return 1 if all filters read all channels
   */
  default int groups() {
    return 1;
  }

  /**
   * Returns the number of filters that read the same channels.
   *
   * @return filters per group
   */
  default int filtersPerGroup() {
    return output().intDim(-1) / groups();
  }

  /**
   * Returns the order of the kernel's last two axes.
   *
   * @return true if the filters come before the channels
   */
  default boolean filtersComeFirst() {
    return false;
  }

  /**
   * Returns how many products one element of the output adds up at most.
   *
   * @return the number of terms, the bias apart
   */
  long products();

  /**
   * Returns whether every element of a filter's output is a sum of as many products, because no tap
   * lies on padding.
   *
   * @return true if so
   */
  boolean isUniform();
}
