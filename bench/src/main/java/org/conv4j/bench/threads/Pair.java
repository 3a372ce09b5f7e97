package org.conv4j.bench.threads;

/** One measurement of each of two ways, made one after the other. */
record Pair(double first, double second) {
  double ratio() {
    return second / first;
  }
}
