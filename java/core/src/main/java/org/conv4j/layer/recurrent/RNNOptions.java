package org.conv4j.layer.recurrent;

/**
 * What a recurrent layer returns, and how it goes through a sequence.
 *
 * @param returnSequences whether it returns the output of every step, in the order in which the
 *     steps were taken, or that of the last one only
 * @param returnState whether it also returns its final states
 * @param goBackwards whether the last step is taken first
 * @param masked whether its last input is a mask of the steps
 * @param zeroOutputForMask whether the output of a masked step is zeros instead of the output
 *     before it
 */
public record RNNOptions(
    boolean returnSequences,
    boolean returnState,
    boolean goBackwards,
    boolean masked,
    boolean zeroOutputForMask) {
  /** Keras's defaults: the output of the last step only. */
  public static final RNNOptions DEFAULT = new RNNOptions(false, false, false, false, false);

  /**
   * Sets whether every step's output is returned.
   *
   * @param every true for every step's
   * @return a changed copy
   */
  public RNNOptions returnSequences(boolean every) {
    return new RNNOptions(every, returnState, goBackwards, masked, zeroOutputForMask);
  }

  /**
   * Sets whether the final states are returned.
   *
   * @param returned true if they are
   * @return a changed copy
   */
  public RNNOptions returnState(boolean returned) {
    return new RNNOptions(returnSequences, returned, goBackwards, masked, zeroOutputForMask);
  }

  /**
   * Sets the direction.
   *
   * @param backwards true to take the last step first
   * @return a changed copy
   */
  public RNNOptions goBackwards(boolean backwards) {
    return new RNNOptions(returnSequences, returnState, backwards, masked, zeroOutputForMask);
  }

  /**
   * Sets whether the last input is a mask.
   *
   * @param present true for a mask
   * @return a changed copy
   */
  public RNNOptions masked(boolean present) {
    return new RNNOptions(returnSequences, returnState, goBackwards, present, zeroOutputForMask);
  }
}
