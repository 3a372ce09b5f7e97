package org.conv4j.reference;

/** The loops of one op, on row-major arrays. Safe for any thread. */
interface Loops {
  /** Computes every element of the output from the op's inputs. */
  void run(double[][] inputs, double[] output);
}
