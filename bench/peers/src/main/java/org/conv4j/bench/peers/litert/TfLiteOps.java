package org.conv4j.bench.peers.litert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.conv4j.bench.peers.Floats;
import org.conv4j.bench.peers.PlainOp;
import org.conv4j.bench.peers.litert.TfLiteModel.Option;
import org.conv4j.tensor.Tensor;

/** Writes our ops as TensorFlow Lite's, channels-last. */
final class TfLiteOps {
  private static final int CONV_2D = 3;
  private static final int DEPTHWISE_CONV_2D = 4;
  private static final int PAD = 34;
  private static final int SLICE = 65;
  private static final int TRANSPOSE_CONV = 67;
  private static final int CONV_3D = 132;
  private static final int CONV_3D_TRANSPOSE = 141;

  private static final int CONV_2D_OPTIONS = 1;
  private static final int DEPTHWISE_CONV_2D_OPTIONS = 2;
  private static final int PAD_OPTIONS = 22;
  private static final int SLICE_OPTIONS = 48;
  private static final int TRANSPOSE_CONV_OPTIONS = 49;
  private static final int CONV_3D_OPTIONS = 106;

  private static final int VALID = 1;

  private final TfLiteModel model;

  private TfLiteOps(TfLiteModel model) {
    this.model = model;
  }

  static byte[] model(List<PlainOp> ops, List<List<Tensor>> constants) {
    TfLiteModel model = new TfLiteModel();
    TfLiteOps writer = new TfLiteOps(model);
    int input = model.value(ops.get(0).input());
    int value = input;
    for (int i = 0; i < ops.size(); i++) {
      value = writer.convolution(ops.get(i), constants.get(i), value);
    }
    return model.finish(input, value);
  }

  private int convolution(PlainOp op, List<Tensor> constants, int input) {
    int kernel = kernel(op, constants.get(0));
    float[] biasValues =
        op.bias() ? constants.get(1).toFloatArray() : new float[Math.toIntExact(op.filters())];
    int bias = model.constant(biasValues, op.filters());
    if (op.transposed()) {
      return deconvolution(op, input, kernel, bias);
    }
    boolean named = op.unpadded() || op.same();
    int padded = named ? input : padded(op, input);
    boolean valid = !named || op.unpadded();
    int output = model.value(op.output());
    if (op.rank() == 3) {
      model.operator(
          CONV_3D, 1, CONV_3D_OPTIONS, volume(op, valid), List.of(padded, kernel, bias), output);
    } else {
      planar(op, valid, List.of(padded, kernel, bias), output);
    }
    return output;
  }

  private void planar(PlainOp op, boolean valid, List<Integer> inputs, int output) {
    List<Option> options = plane(op, valid);
    int dilation = 4;
    if (op.depthwise()) {
      options.add(integer(3, op.filters() / op.channels()));
      dilation = 5;
    }
    options.add(integer(dilation, op.dilation()[1]));
    options.add(integer(dilation + 1, op.dilation()[0]));
    if (op.depthwise()) {
      model.operator(DEPTHWISE_CONV_2D, 2, DEPTHWISE_CONV_2D_OPTIONS, options, inputs, output);
    } else {
      model.operator(CONV_2D, 2, CONV_2D_OPTIONS, options, inputs, output);
    }
  }

  /** A transposed convolution is SAME or VALID; of any other the whole output is cut. */
  private int deconvolution(PlainOp op, int input, int kernel, int bias) {
    boolean named = op.unpadded() || op.same();
    boolean valid = !named || op.unpadded();
    long[] shape = named ? op.output() : whole(op);
    int output = model.value(shape);
    List<Integer> inputs = List.of(ints(shape), kernel, input, bias);
    if (op.rank() == 3) {
      model.operator(CONV_3D_TRANSPOSE, 1, CONV_3D_OPTIONS, volume(op, valid), inputs, output);
    } else {
      requireUndilated(op);
      model.operator(TRANSPOSE_CONV, 3, TRANSPOSE_CONV_OPTIONS, plane(op, valid), inputs, output);
    }
    return named ? output : cut(op, output);
  }

  private static void requireUndilated(PlainOp op) {
    if (Arrays.stream(op.dilation()).anyMatch(dilation -> dilation != 1)) {
      throw new UnsupportedOperationException(
          "schema.fbs: table TransposeConvOptions has no dilation");
    }
  }

  private static long[] whole(PlainOp op) {
    long[] shape = op.output().clone();
    for (int i = 0; i < op.rank(); i++) {
      shape[i + 1] += op.padBegin()[i] + op.zerosAfter()[i];
    }
    return shape;
  }

  private int cut(PlainOp op, int whole) {
    long[] begin = new long[op.rank() + 2];
    System.arraycopy(op.padBegin(), 0, begin, 1, op.rank());
    int output = model.value(op.output());
    model.operator(
        SLICE, 1, SLICE_OPTIONS, List.of(), List.of(whole, ints(begin), ints(op.output())), output);
    return output;
  }

  private int padded(PlainOp op, int input) {
    int rank = op.rank() + 2;
    int[] pairs = new int[2 * rank];
    for (int i = 0; i < op.rank(); i++) {
      pairs[2 * i + 2] = Math.toIntExact(op.padBegin()[i]);
      pairs[2 * i + 3] = Math.toIntExact(op.zerosAfter()[i]);
    }
    int output = model.value(op.padded().input());
    model.operator(
        PAD, 1, PAD_OPTIONS, List.of(), List.of(input, model.constant(pairs, rank, 2)), output);
    return output;
  }

  /** The options that all planar operators begin with: padding, strides of width and height. */
  private static List<Option> plane(PlainOp op, boolean valid) {
    List<Option> options = new ArrayList<>();
    options.add(new Option(0, valid ? VALID : 0, true));
    options.add(integer(1, op.strides()[1]));
    options.add(integer(2, op.strides()[0]));
    return options;
  }

  private static List<Option> volume(PlainOp op, boolean valid) {
    return List.of(
        new Option(0, valid ? VALID : 0, true),
        integer(1, op.strides()[0]),
        integer(2, op.strides()[2]),
        integer(3, op.strides()[1]),
        integer(5, op.dilation()[0]),
        integer(6, op.dilation()[2]),
        integer(7, op.dilation()[1]));
  }

  private static Option integer(int field, long value) {
    return new Option(field, Math.toIntExact(value), false);
  }

  private int ints(long[] values) {
    return model.constant(
        Arrays.stream(values).mapToInt(Math::toIntExact).toArray(), values.length);
  }

  /**
   * Planar kernels have the filters first and the channels last, depthwise ones a leading 1;
   * three-dimensional ones are laid out as ours are.
   */
  private int kernel(PlainOp op, Tensor kernel) {
    float[] values = kernel.toFloatArray();
    long[] k = op.kernel();
    long first = op.transposed() ? op.filters() : op.channels() / op.groups();
    long last = op.transposed() ? op.channels() : op.filters();
    if (op.rank() == 3) {
      return model.constant(values, k[0], k[1], k[2], first, last);
    }
    if (op.depthwise()) {
      return model.constant(values, 1, k[0], k[1], last);
    }
    long[] ours = {k[0], k[1], first, last};
    return op.transposed()
        ? model.constant(Floats.permute(values, ours, 2, 0, 1, 3), first, k[0], k[1], last)
        : model.constant(Floats.permute(values, ours, 3, 0, 1, 2), last, k[0], k[1], first);
  }
}
