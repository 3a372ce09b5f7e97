package org.conv4j.onnx.operator;

import org.conv4j.onnx.call.Call;
import org.conv4j.onnx.shape.NodeInfo;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

/** Kernel, strides, dilations and padding of a node, resolved for an input. */
record WindowArguments(
    NodeInfo node,
    IntTuple kernel,
    IntTuple strides,
    IntTuple dilations,
    long[] pads,
    String auto) {
  /** Reads a node's arguments; where it does not give the kernel's extents, the weights do. */
  static WindowArguments of(Call call, Shape weights, int rank) {
    NodeInfo node = call.node();
    long[] given = node.integers("kernel_shape");
    if (given == null && weights == null) {
      throw node.invalid("it has no kernel_shape");
    }
    if (given != null && given.length != rank) {
      throw node.invalid("its kernel_shape does not fit its inputs");
    }
    long[] kernel = new long[rank];
    for (int i = 0; i < rank; i++) {
      kernel[i] = weights == null ? given[i] : weights.dim(i + 2);
      if (given != null && given[i] != kernel[i]) {
        throw node.invalid("its kernel_shape does not fit its inputs");
      }
    }
    String auto = node.text("auto_pad", "NOTSET");
    long[] pads = node.integers("pads");
    if (pads == null || !auto.equals("NOTSET")) {
      pads = new long[2 * rank];
    }
    if (pads.length != 2 * rank) {
      throw node.invalid("it has %d pads for %d dimensions".formatted(pads.length, rank));
    }
    return new WindowArguments(
        node,
        tuple(node, kernel, rank),
        tuple(node, node.integers("strides"), rank),
        tuple(node, node.integers("dilations"), rank),
        pads,
        auto);
  }

  private static IntTuple tuple(NodeInfo node, long[] numbers, int rank) {
    if (numbers == null) {
      return IntTuple.filled(rank, 1);
    }
    if (numbers.length != rank) {
      throw node.invalid("it has %d numbers for %d dimensions".formatted(numbers.length, rank));
    }
    return IntTuple.generate(rank, i -> node.toInt(numbers[i], "each number of a window"));
  }

  /** The window over a channels-last input. */
  Window window(Shape input) {
    int rank = kernel.size();
    int[] begin = new int[rank];
    int[] end = new int[rank];
    Window bare =
        new Window(kernel, strides, dilations, IntTuple.filled(rank, 0), IntTuple.filled(rank, 0));
    for (int i = 0; i < rank; i++) {
      if (auto.startsWith("SAME")) {
        long extent = input.dim(i + 1);
        long stride = strides.get(i);
        long count = (extent + stride - 1) / stride;
        long total = Math.max(0, (count - 1) * stride + bare.effectiveKernel(i) - extent);
        long less = total / 2;
        begin[i] = (int) (auto.equals("SAME_LOWER") ? total - less : less);
        end[i] = (int) (total - begin[i]);
      } else {
        begin[i] = node.toInt(pads[i], "a pad");
        end[i] = node.toInt(pads[rank + i], "a pad");
      }
    }
    return bare.withPadding(IntTuple.of(begin), IntTuple.of(end));
  }

  /** How many positions the window has along an axis; with ceil, one that leaves the padding. */
  long count(long extent, Window window, int axis, boolean ceil) {
    long stride = window.strides().get(axis);
    long begin = window.padBegin().get(axis);
    long room = extent + begin + window.padEnd().get(axis) - window.effectiveKernel(axis);
    if (room < 0 && !(ceil && room + stride > 0)) {
      throw node.invalid(
          "a kernel of %s with dilations of %s and pads of %s and %s is larger than an extent of %d"
              .formatted(kernel, dilations, window.padBegin(), window.padEnd(), extent));
    }
    if (!ceil) {
      return room / stride + 1;
    }
    long count = (room + stride - 1) / stride + 1;
    // A window that starts behind the input and the padding before it is none.
    return (count - 1) * stride >= extent + begin ? count - 1 : count;
  }

  /** The window of a transposed convolution of a channels-last input. */
  Window transposed(Call call, Shape input) {
    int rank = kernel.size();
    long[] more = node.integers("output_padding");
    long[] wanted = node.integers("output_shape");
    if (more != null && more.length != rank || wanted != null && wanted.length < rank) {
      throw node.invalid("its output_padding or output_shape does not fit its inputs");
    }
    int[] begin = new int[rank];
    int[] end = new int[rank];
    Window bare =
        new Window(kernel, strides, dilations, IntTuple.filled(rank, 0), IntTuple.filled(rank, 0));
    for (int i = 0; i < rank; i++) {
      long extra = more == null ? 0 : more[i];
      long stride = strides.get(i);
      long full = (input.dim(i + 1) - 1) * stride + bare.effectiveKernel(i) + extra;
      boolean same = auto.startsWith("SAME");
      if (wanted != null || same) {
        long output = wanted != null ? wanted[wanted.length - rank + i] : input.dim(i + 1) * stride;
        long total = full - output;
        long half = Math.floorDiv(total, 2);
        begin[i] = (int) (auto.equals("SAME_UPPER") ? half : total - half);
        end[i] = (int) (total - begin[i] - extra);
      } else {
        begin[i] = node.toInt(pads[i], "a pad");
        end[i] = node.toInt(pads[rank + i] - extra, "a pad");
      }
    }
    return bare.withPadding(IntTuple.of(begin), IntTuple.of(end));
  }
}
