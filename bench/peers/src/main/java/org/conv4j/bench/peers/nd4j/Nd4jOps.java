package org.conv4j.bench.peers.nd4j;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.conv4j.bench.peers.PlainOp;
import org.conv4j.tensor.Tensor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Writes our ops as ND4J's, channels-last. Its first weights format lies as our kernels do. */
final class Nd4jOps {
  private static final long VALID = 0;
  private static final long SAME = 1;
  private static final long CHANNELS_LAST = 1;
  private static final long CONSTANT_MODE = 0;

  private Nd4jOps() {}

  /**
   * Appends the calls for an op; padding that is neither SAME nor symmetric is a call of its own.
   */
  static INDArray convolution(
      PlainOp op, List<Tensor> constants, INDArray input, List<Nd4jCall> calls) {
    if (!op.same() && !op.symmetric() && !op.transposed()) {
      PlainOp padded = op.padded();
      INDArray larger = Nd4j.create(DataType.FLOAT, padded.input());
      INDArray[] inputs = {input, paddings(op)};
      calls.add(new Nd4jCall(true, "pad", inputs, larger, new long[] {CONSTANT_MODE}, 0));
      return convolution(padded, constants, larger, calls);
    }
    INDArray output = Nd4j.create(DataType.FLOAT, op.output());
    INDArray kernel = kernel(op, constants.get(0));
    INDArray[] inputs =
        op.bias()
            ? new INDArray[] {input, kernel, Nd4j.createFromArray(constants.get(1).toFloatArray())}
            : new INDArray[] {input, kernel};
    boolean dilated = Arrays.stream(op.dilation()).anyMatch(dilation -> dilation != 1);
    calls.add(new Nd4jCall(!dilated, name(op), inputs, output, integers(op)));
    return output;
  }

  private static String name(PlainOp op) {
    if (op.rank() == 3) {
      return op.transposed() ? "deconv3d" : "conv3dnew";
    }
    if (op.transposed()) {
      return "deconv2d";
    }
    return op.depthwise() ? "depthwise_conv2d" : "conv2d";
  }

  private static long[] integers(PlainOp op) {
    LongStream spatial =
        LongStream.concat(
            LongStream.concat(Arrays.stream(op.kernel()), Arrays.stream(op.strides())),
            LongStream.concat(Arrays.stream(op.padBegin()), Arrays.stream(op.dilation())));
    boolean same = !op.unpadded() && op.same();
    return LongStream.concat(spatial, LongStream.of(same ? SAME : VALID, CHANNELS_LAST)).toArray();
  }

  private static INDArray paddings(PlainOp op) {
    int[][] pairs = new int[op.rank() + 2][2];
    for (int i = 0; i < op.rank(); i++) {
      pairs[i + 1][0] = Math.toIntExact(op.padBegin()[i]);
      pairs[i + 1][1] = Math.toIntExact(op.zerosAfter()[i]);
    }
    return Nd4j.createFromArray(pairs);
  }

  private static INDArray kernel(PlainOp op, Tensor kernel) {
    int rank = op.rank();
    long[] shape = Arrays.copyOf(op.kernel(), rank + 2);
    if (op.transposed()) {
      shape[rank] = op.filters();
      shape[rank + 1] = op.channels();
    } else if (op.depthwise() && rank == 2) {
      shape[rank] = op.channels();
      shape[rank + 1] = op.filters() / op.channels();
    } else {
      shape[rank] = op.channels() / op.groups();
      shape[rank + 1] = op.filters();
    }
    return Nd4j.createFromArray(kernel.toFloatArray()).reshape(shape);
  }
}
