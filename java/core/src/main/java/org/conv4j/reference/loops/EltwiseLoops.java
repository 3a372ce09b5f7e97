package org.conv4j.reference.loops;

import org.conv4j.op.Eltwise;

/** The definition of {@link Eltwise}: {@code out[i] = act(in[i])}. */
record EltwiseLoops(Eltwise op) implements Loops {
  @Override
  public void run(double[][] inputs, double[] output) {
    for (int i = 0; i < output.length; i++) {
      output[i] = op.activation().apply(inputs[0][i]);
    }
  }
}
