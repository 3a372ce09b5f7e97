package org.conv4j.bench.peers.pytorch;

import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.conv4j.bench.peers.Floats;
import org.conv4j.bench.peers.PlainOp;

/**
 * One of our ops as PyTorch's, with channels-last weights. One-dimensional ones run as
 * two-dimensional ones of height 1: {@code conv1d} has no channels-last format.
 */
final class PyTorchOp implements AutoCloseable {
  private final PlainOp op;
  private final MemoryFormat format;
  private final Tensor kernel;
  private final TensorOptional bias;
  private final long[] outputPadding;
  private final long[] zerosAround;

  PyTorchOp(PlainOp plain, List<org.conv4j.tensor.Tensor> constants) {
    op = plain.atLeast2d();
    format = op.rank() == 3 ? MemoryFormat.ChannelsLast3d : MemoryFormat.ChannelsLast;
    float[] values = Floats.channelsFirstKernel(constants.get(0));
    Tensor contiguous = owned(values, kernelShape());
    kernel = contiguous.contiguous(format);
    bias =
        op.bias()
            ? new TensorOptional(owned(constants.get(1).toFloatArray(), op.filters()))
            : new TensorOptional();
    outputPadding = op.outputPaddingOfPyTorch();
    zerosAround = op.zerosAround();
  }

  /** Views a pointer to channels-last elements as a tensor of a channels-first shape. */
  static Tensor channelsLast(Pointer elements, long[] shape) {
    long[] strides = new long[shape.length];
    long stride = shape[1];
    for (int i = shape.length - 1; i > 1; i--) {
      strides[i] = stride;
      stride *= shape[i];
    }
    strides[0] = stride;
    strides[1] = 1;
    return torch.from_blob(elements, shape, strides);
  }

  Tensor apply(Tensor input) {
    if (op.transposed()) {
      return cut(deconvolution(input));
    }
    if (op.symmetric()) {
      return convolution(input, op.padBegin());
    }
    try (Tensor padded = torch.constant_pad_nd(input, zerosAround)) {
      return convolution(padded, new long[op.rank()]);
    }
  }

  private Tensor convolution(Tensor input, long[] padding) {
    if (op.rank() == 2) {
      return torch.conv2d(input, kernel, bias, op.strides(), padding, op.dilation(), op.groups());
    }
    return dense(
        torch.conv3d(input, kernel, bias, op.strides(), padding, op.dilation(), op.groups()));
  }

  private Tensor deconvolution(Tensor input) {
    return op.rank() == 3
        ? torch.conv_transpose3d(
            input, kernel, bias, op.strides(), op.padBegin(), outputPadding, 1, op.dilation())
        : torch.conv_transpose2d(
            input, kernel, bias, op.strides(), op.padBegin(), outputPadding, 1, op.dilation());
  }

  /** PyTorch cuts both ends alike; what the end has to lose besides is cut here. */
  private Tensor cut(Tensor whole) {
    Tensor value = whole;
    for (int i = 0; i < op.rank(); i++) {
      if (op.padEnd()[i] > op.padBegin()[i]) {
        Tensor shorter = value.narrow(i + 2, 0, op.output()[i + 1]);
        value.close();
        value = shorter;
      }
    }
    return value == whole && op.rank() == 2 ? whole : dense(value);
  }

  /** The three-dimensional convolutions may return channels-first elements. */
  private Tensor dense(Tensor value) {
    Tensor dense = value.contiguous(format);
    value.close();
    return dense;
  }

  private long[] kernelShape() {
    long[] shape = new long[op.rank() + 2];
    shape[0] = op.transposed() ? op.channels() : op.filters();
    shape[1] = op.transposed() ? op.filters() : op.channels() / op.groups();
    System.arraycopy(op.kernel(), 0, shape, 2, op.rank());
    return shape;
  }

  private static Tensor owned(float[] values, long... shape) {
    try (FloatPointer pointer = new FloatPointer(values);
        Tensor view = torch.from_blob(pointer, shape)) {
      return view.clone();
    }
  }

  @Override
  public void close() {
    kernel.close();
    bias.close();
  }
}
