package org.conv4j.bench.peers.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/** One native op of ND4J with all of its arguments and its output. */
final class Nd4jCall implements AutoCloseable {
  private final CustomOp op;
  private final OpContext context;

  /**
   * Prepares a call.
   *
   * @param helpers whether oneDNN may do it; as of 1.0.0-M2.1 ND4J hands it dilated convolutions
   *     that it refuses ("could not create a descriptor for a dilated convolution"), which ND4J's
   *     own loops compute
   */
  Nd4jCall(
      boolean helpers,
      String name,
      INDArray[] inputs,
      INDArray output,
      long[] integers,
      double... reals) {
    op = DynamicCustomOp.builder(name).build();
    context = Nd4j.getExecutioner().buildContext();
    context.allowHelpers(helpers);
    context.setInputArrays(inputs);
    context.setOutputArrays(output);
    context.setIArguments(integers);
    context.setTArguments(reals);
  }

  void run() {
    Nd4j.getExecutioner().exec(op, context);
  }

  @Override
  public void close() {
    try {
      context.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
