package org.conv4j.layer.recurrent;

/** What {@link Bidirectional} makes of the outputs of its two directions. */
public enum MergeMode {
  /** One behind the other along the last axis. */
  CONCAT,
  /** Their sum. */
  SUM,
  /** Their product. */
  MUL,
  /** Their mean. */
  AVE,
  /** Nothing: both are outputs. Keras's {@code None}. */
  NONE
}
