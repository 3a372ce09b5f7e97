package org.conv4j.reference.loops;

/** The loops of one op, on row-major arrays. Safe for any thread. */
public interface Loops {
  /** Computes every element of the output from the op's inputs. */
  void run(double[][] inputs, double[] output);
}
