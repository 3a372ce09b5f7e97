package org.conv4j.bench.peers.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.conv4j.bench.peers.Floats;
import org.conv4j.bench.peers.PlainOp;
import org.conv4j.tensor.Tensor;

/**
 * One of our ops as DJL's; what its {@code Conv2d} and relatives call. Transposed ones it declares
 * but, as of 0.36, does not implement for PyTorch.
 */
final class DjlOp {
  private final PlainOp op;
  private final NDArray kernel;
  private final NDArray bias;
  private final Shape strides;
  private final Shape padBegin;
  private final Shape dilation;
  private final Shape outputPadding;
  private final Shape zerosAround;

  DjlOp(NDManager manager, PlainOp op, List<Tensor> constants) {
    this.op = op;
    kernel = kernel(manager, constants.get(0));
    bias =
        op.bias() ? manager.create(constants.get(1).toFloatArray(), new Shape(op.filters())) : null;
    strides = new Shape(op.strides());
    padBegin = new Shape(op.padBegin());
    dilation = new Shape(op.dilation());
    outputPadding = new Shape(op.outputPaddingOfPyTorch());
    zerosAround = new Shape(op.zerosAround());
  }

  /** Views an array with its last axis second; in memory the channels stay last. */
  static NDArray channelsFirst(NDArray channelsLast) {
    int last = channelsLast.getShape().dimension() - 1;
    IntStream spatial = IntStream.range(1, last);
    return channelsLast.transpose(IntStream.concat(IntStream.of(0, last), spatial).toArray());
  }

  /** The opposite view. */
  static NDArray channelsLast(NDArray channelsFirst) {
    int rank = channelsFirst.getShape().dimension();
    IntStream spatial = IntStream.range(2, rank);
    return channelsFirst.transpose(
        IntStream.concat(IntStream.concat(IntStream.of(0), spatial), IntStream.of(1)).toArray());
  }

  NDArray apply(NDArray input) {
    if (op.transposed()) {
      return input
          .getNDArrayInternal()
          .deconvolution(input, kernel, bias, strides, padBegin, outputPadding, dilation, 1)
          .singletonOrThrow();
    }
    if (op.symmetric()) {
      return convolution(input, padBegin);
    }
    try (NDArray padded = input.pad(zerosAround, 0)) {
      return convolution(padded, new Shape(new long[op.rank()]));
    }
  }

  private NDArray convolution(NDArray input, Shape padding) {
    return input
        .getNDArrayInternal()
        .convolution(input, kernel, bias, strides, padding, dilation, op.groups())
        .singletonOrThrow();
  }

  private NDArray kernel(NDManager manager, Tensor ours) {
    int rank = op.rank();
    long outer = op.transposed() ? op.channels() : op.filters();
    long inner = op.transposed() ? op.filters() : op.channels() / op.groups();
    long[] from = new long[rank + 2];
    long[] to = new long[rank + 2];
    int[] axes = new int[rank + 2];
    System.arraycopy(op.kernel(), 0, from, 0, rank);
    from[rank] = inner;
    from[rank + 1] = outer;
    axes[0] = rank + 1;
    axes[rank + 1] = rank;
    for (int i = 0; i < rank; i++) {
      axes[i + 1] = i;
    }
    for (int i = 0; i < to.length; i++) {
      to[i] = from[axes[i]];
    }
    float[] values = Floats.permute(ours.toFloatArray(), from, axes);
    return channelsFirst(manager.create(values, new Shape(to)));
  }
}
