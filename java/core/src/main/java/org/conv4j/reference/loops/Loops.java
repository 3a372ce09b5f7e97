package org.conv4j.reference.loops;

/** The loops of one op, on row-major arrays. Those of {@link #newRunner} are for one thread. */
public interface Loops {
  /** Computes every element of the output from the op's inputs. */
  void run(double[][] inputs, double[] output);

  /** Returns the loops for one session: these, unless they need room to work in. */
  default Loops newRunner() {
    return this;
  }
}
