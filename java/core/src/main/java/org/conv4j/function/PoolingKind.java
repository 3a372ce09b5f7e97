package org.conv4j.function;

/** What becomes of the elements in a window. */
public enum PoolingKind {
  /**
   * The largest number among the elements and the data type's lowest finite number: NaN takes no
   * part, and no result is minus infinity. So TensorFlow's kernels compute it.
   */
  MAX,
  /** The mean of the elements. */
  AVERAGE
}
