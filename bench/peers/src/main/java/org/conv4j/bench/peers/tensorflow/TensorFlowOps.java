package org.conv4j.bench.peers.tensorflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.conv4j.bench.peers.PlainOp;
import org.conv4j.tensor.Tensor;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.Conv2dBackpropInput;
import org.tensorflow.op.nn.Conv3d;
import org.tensorflow.op.nn.Conv3dBackpropInput;
import org.tensorflow.op.nn.DepthwiseConv2dNative;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Writes our ops as TensorFlow's, channels-last. Its kernels are laid out as ours are. */
final class TensorFlowOps {
  private static final String SAME = "SAME";
  private static final String VALID = "VALID";
  private static final String EXPLICIT = "EXPLICIT";

  private TensorFlowOps() {}

  static Operand<TFloat32> convolution(
      Ops tf, PlainOp op, List<Tensor> constants, Operand<TFloat32> input) {
    Operand<TFloat32> kernel = kernel(tf, op, constants.get(0));
    Operand<TFloat32> result =
        op.rank() == 3 ? threeDimensional(tf, op, input, kernel) : planar(tf, op, input, kernel);
    if (!op.bias()) {
      return result;
    }
    Tensor bias = constants.get(1);
    return tf.nn.biasAdd(result, constant(tf, bias.toFloatArray(), op.filters()));
  }

  /**
   * Depthwise convolutions get a pad op instead of explicit padding, for which TensorFlow 2.18 ends
   * the process ("Check failed: index >= 0 && index < num_total_dims").
   */
  private static Operand<TFloat32> planar(
      Ops tf, PlainOp op, Operand<TFloat32> input, Operand<TFloat32> kernel) {
    List<Long> strides = surroundedByOnes(op.strides());
    List<Long> dilations = surroundedByOnes(op.dilation());
    String padding = padding(op);
    List<Long> explicit = padding.equals(EXPLICIT) ? explicitPadding(op) : List.of();
    if (op.depthwise() && padding.equals(EXPLICIT)) {
      return planar(tf, op.padded(), tf.pad(input, paddings(tf, op), tf.constant(0f)), kernel);
    }
    if (op.transposed()) {
      return tf.nn.conv2dBackpropInput(
          ints(tf, op.output()),
          kernel,
          input,
          strides,
          padding,
          Conv2dBackpropInput.dilations(dilations),
          Conv2dBackpropInput.explicitPaddings(explicit));
    }
    if (op.depthwise()) {
      return tf.nn.depthwiseConv2dNative(
          input, kernel, strides, padding, DepthwiseConv2dNative.dilations(dilations));
    }
    return tf.nn.conv2d(
        input,
        kernel,
        strides,
        padding,
        Conv2d.dilations(dilations),
        Conv2d.explicitPaddings(explicit));
  }

  /** The three-dimensional ops know no explicit padding: the input is padded, the output cut. */
  private static Operand<TFloat32> threeDimensional(
      Ops tf, PlainOp op, Operand<TFloat32> input, Operand<TFloat32> kernel) {
    List<Long> strides = surroundedByOnes(op.strides());
    List<Long> dilations = surroundedByOnes(op.dilation());
    boolean named = !padding(op).equals(EXPLICIT);
    if (!op.transposed()) {
      Operand<TFloat32> padded = named ? input : tf.pad(input, paddings(tf, op), tf.constant(0f));
      return tf.nn.conv3d(
          padded, kernel, strides, named ? padding(op) : VALID, Conv3d.dilations(dilations));
    }
    if (named) {
      return tf.nn.conv3dBackpropInput(
          ints(tf, op.output()),
          kernel,
          input,
          strides,
          padding(op),
          Conv3dBackpropInput.dilations(dilations));
    }
    long[] full = op.output().clone();
    long[] begin = new long[full.length];
    for (int i = 0; i < op.rank(); i++) {
      begin[i + 1] = op.padBegin()[i];
      full[i + 1] += op.padBegin()[i] + op.zerosAfter()[i];
    }
    Operand<TFloat32> whole =
        tf.nn.conv3dBackpropInput(
            ints(tf, full),
            kernel,
            input,
            strides,
            VALID,
            Conv3dBackpropInput.dilations(dilations));
    return tf.slice(whole, ints(tf, begin), ints(tf, op.output()));
  }

  private static String padding(PlainOp op) {
    if (op.unpadded()) {
      return VALID;
    }
    return op.same() ? SAME : EXPLICIT;
  }

  private static List<Long> surroundedByOnes(long[] spatial) {
    LongStream inner = Arrays.stream(spatial);
    return LongStream.concat(LongStream.concat(LongStream.of(1), inner), LongStream.of(1))
        .boxed()
        .toList();
  }

  private static List<Long> explicitPadding(PlainOp op) {
    List<Long> pairs = new ArrayList<>(List.of(0L, 0L));
    for (int i = 0; i < op.rank(); i++) {
      pairs.add(op.padBegin()[i]);
      pairs.add(op.zerosAfter()[i]);
    }
    pairs.addAll(List.of(0L, 0L));
    return pairs;
  }

  private static Operand<TInt32> paddings(Ops tf, PlainOp op) {
    List<Long> flat = explicitPadding(op);
    int[][] pairs = new int[flat.size() / 2][2];
    for (int i = 0; i < flat.size(); i++) {
      pairs[i / 2][i % 2] = flat.get(i).intValue();
    }
    return tf.constant(pairs);
  }

  private static Operand<TFloat32> kernel(Ops tf, PlainOp op, Tensor kernel) {
    long[] shape = Arrays.copyOf(op.kernel(), op.rank() + 2);
    boolean multiplier = op.depthwise() && op.rank() == 2;
    if (op.transposed()) {
      shape[op.rank()] = op.filters();
      shape[op.rank() + 1] = op.channels();
    } else {
      shape[op.rank()] = multiplier ? op.channels() : op.channels() / op.groups();
      shape[op.rank() + 1] = multiplier ? op.filters() / op.channels() : op.filters();
    }
    return constant(tf, kernel.toFloatArray(), shape);
  }

  private static Operand<TFloat32> constant(Ops tf, float[] values, long... shape) {
    return tf.constant(Shape.of(shape), DataBuffers.of(values));
  }

  private static Operand<TInt32> ints(Ops tf, long[] values) {
    return tf.constant(Arrays.stream(values).mapToInt(Math::toIntExact).toArray());
  }
}
