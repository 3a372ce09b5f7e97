package org.conv4j.reference;

import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.Scratchpad;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.op.Op;
import org.conv4j.reference.loops.Loops;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.HeldElements;

/** Runs loops between tensors, by way of arrays of doubles. */
record ReferenceOp(Op op, Loops loops) implements CompiledOp {
  @Override
  public String kernel() {
    return "loops";
  }

  @Override
  public String implementation() {
    return "java:loops";
  }

  @Override
  public long scratchpadBytes() {
    return 0;
  }

  @Override
  public OpRunner newRunner(Scratchpad scratchpad) {
    double[][] in =
        op.inputs().stream().map(shape -> new double[arrayLength(shape)]).toArray(double[][]::new);
    double[] out = new double[arrayLength(op.output())];
    Loops own = loops.newRunner();
    return new OpRunner() {
      @Override
      public void run(Tensor[] inputs, Tensor output) {
        for (int i = 0; i < in.length; i++) {
          HeldElements.read(inputs[i], in[i]);
        }
        own.run(in, out);
        HeldElements.write(output, out);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}

  private static int arrayLength(Shape shape) {
    long count = shape.elementCount();
    if (count > Integer.MAX_VALUE - 8) {
      throw new ShapeMismatchException(
          "The reference engine computes at most 2^31 - 9 elements at a time; "
              + shape
              + " has "
              + count
              + ".");
    }
    return (int) count;
  }
}
