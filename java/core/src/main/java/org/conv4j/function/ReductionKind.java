package org.conv4j.function;

/** What becomes of the elements. */
public enum ReductionKind {
  /** Their sum. */
  SUM,
  /** Their mean. */
  MEAN,
  /** The largest one, or NaN if any is. */
  MAX,
  /** The smallest one, or NaN if any is. */
  MIN
}
