package org.conv4j.spark;

/** What a column of inputs holds. */
enum InputKind {
  /** Arrays of float. */
  FLOATS,
  /** Arrays of double. */
  DOUBLES,
  /** Vectors of Spark ML. */
  VECTOR,
  /** PNG and JPEG files. */
  IMAGE
}
