package org.conv4j.bench.bridge;

/** One of the two programs that run a case. */
interface Side {
  /** What runs the case, op by op: kernel candidate and oneDNN's implementation. */
  String implementation();

  /** Runs the case some times in a row; returns the nanoseconds that this took. */
  long run(long calls);

  /** A hash of the elements of the output. */
  long digest();
}
