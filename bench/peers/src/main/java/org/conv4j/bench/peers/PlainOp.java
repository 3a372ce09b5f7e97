package org.conv4j.bench.peers;

import java.util.Arrays;
import java.util.List;
import org.conv4j.notation.BenchCase;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Op;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

/**
 * A convolution or transposed convolution in plain numbers, the way foreign libraries want them.
 *
 * @param transposed whether it is a transposed convolution
 * @param input {@code (batch, n..., channels)}
 * @param output {@code (batch, m..., filters)}
 * @param kernel the kernel's extents
 * @param strides the strides
 * @param dilation the distance of the kernel's taps, 1 for an ordinary kernel
 * @param padBegin zeros before the input, or elements cut from the begin of the full output
 * @param padEnd zeros after the input, or elements cut from the end of the full output; may be
 *     negative, see {@link Window}
 * @param groups the number of groups
 * @param bias whether there is a bias
 */
public record PlainOp(
    boolean transposed,
    long[] input,
    long[] output,
    long[] kernel,
    long[] strides,
    long[] dilation,
    long[] padBegin,
    long[] padEnd,
    int groups,
    boolean bias) {

  /** Reads an op; only the two convolutions without activation are measured against rivals. */
  public static PlainOp of(Op op) {
    if (op instanceof Convolution convolution) {
      return of(
          false,
          convolution.input(),
          convolution.output(),
          convolution.window(),
          convolution.groups(),
          convolution.bias());
    }
    if (op instanceof Deconvolution deconvolution) {
      return of(
          true,
          deconvolution.input(),
          deconvolution.output(),
          deconvolution.window(),
          1,
          deconvolution.bias());
    }
    throw new IllegalArgumentException("Not a convolution: " + op);
  }

  public static List<PlainOp> of(BenchCase benchCase) {
    return benchCase.ops().stream().map(PlainOp::of).toList();
  }

  private static PlainOp of(
      boolean transposed, Shape input, Shape output, Window window, int groups, boolean bias) {
    return new PlainOp(
        transposed,
        input.toArray(),
        output.toArray(),
        longs(window.kernel().toArray()),
        longs(window.strides().toArray()),
        longs(window.dilation().toArray()),
        longs(window.padBegin().toArray()),
        longs(window.padEnd().toArray()),
        groups,
        bias);
  }

  private static long[] longs(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }

  /** Returns the number of spatial dimensions. */
  public int rank() {
    return kernel.length;
  }

  public long channels() {
    return input[input.length - 1];
  }

  public long filters() {
    return output[output.length - 1];
  }

  /** Returns whether every group has one channel and there is more than one. */
  public boolean depthwise() {
    return groups > 1 && groups == channels();
  }

  /**
   * Returns the zeros to append so that the whole output is computed. Where the last input elements
   * are never reached none are needed: libraries round the number of positions down themselves.
   */
  public long[] zerosAfter() {
    return Arrays.stream(padEnd).map(pad -> Math.max(pad, 0)).toArray();
  }

  /** Returns how far a transposed convolution's output extends past the full one. */
  public long[] outputPadding() {
    return Arrays.stream(padEnd).map(pad -> Math.max(-pad, 0)).toArray();
  }

  /** Returns whether both sides are padded alike. */
  public boolean symmetric() {
    return Arrays.equals(padBegin, zerosAfter());
  }

  /** Returns whether nothing is padded. */
  public boolean unpadded() {
    return Arrays.stream(padBegin).allMatch(pad -> pad == 0)
        && Arrays.stream(zerosAfter()).allMatch(pad -> pad == 0);
  }

  /**
   * Returns whether the padding is what TensorFlow calls SAME: as much as gives {@code ceil(n /
   * stride)} positions, the odd zero at the end.
   */
  public boolean same() {
    for (int i = 0; i < rank(); i++) {
      long large = transposed ? output[i + 1] : input[i + 1];
      long small = transposed ? input[i + 1] : output[i + 1];
      long effective = (kernel[i] - 1) * dilation[i] + 1;
      long total = Math.max((small - 1) * strides[i] + effective - large, 0);
      boolean positions = small == (large + strides[i] - 1) / strides[i];
      if (!positions || padBegin[i] != total / 2 || Math.max(padEnd[i], 0) != total - total / 2) {
        return false;
      }
    }
    return true;
  }

  /** Returns the same op with its input already padded with zeros: an unpadded one. */
  public PlainOp padded() {
    long[] larger = input.clone();
    for (int i = 0; i < rank(); i++) {
      larger[i + 1] += padBegin[i] + zerosAfter()[i];
    }
    long[] none = new long[rank()];
    return new PlainOp(
        transposed, larger, output, kernel, strides, dilation, none, none, groups, bias);
  }

  /**
   * Returns a one-dimensional op as a two-dimensional one of height 1, any other as it is. A
   * convolution's two strides are equal, which is all that some libraries can do; along the height
   * it means nothing.
   */
  public PlainOp atLeast2d() {
    if (rank() > 1) {
      return this;
    }
    return new PlainOp(
        transposed,
        insert(input, 1, 1),
        insert(output, 1, 1),
        insert(kernel, 0, 1),
        insert(strides, 0, transposed ? 1 : strides[0]),
        insert(dilation, 0, 1),
        insert(padBegin, 0, 0),
        insert(padEnd, 0, 0),
        groups,
        bias);
  }

  private static long[] insert(long[] values, int index, long value) {
    long[] longer = new long[values.length + 1];
    System.arraycopy(values, 0, longer, 0, index);
    longer[index] = value;
    System.arraycopy(values, index, longer, index + 1, values.length - index);
    return longer;
  }

  /** Returns the input's shape in channels-first order. */
  public long[] inputChannelsFirst() {
    return channelsFirst(input);
  }

  /** Returns the output's shape in channels-first order. */
  public long[] outputChannelsFirst() {
    return channelsFirst(output);
  }

  private static long[] channelsFirst(long[] shape) {
    long[] moved = shape.clone();
    moved[1] = shape[shape.length - 1];
    System.arraycopy(shape, 1, moved, 2, shape.length - 2);
    return moved;
  }

  /** Returns the output padding where both sides lose what the begin does, as in PyTorch. */
  public long[] outputPaddingOfPyTorch() {
    long[] padding = new long[rank()];
    for (int i = 0; i < padding.length; i++) {
      padding[i] = Math.max(padBegin[i] - padEnd[i], 0);
    }
    return padding;
  }

  /** Returns PyTorch's padding: pairs of zeros before and after, the last dimension first. */
  public long[] zerosAround() {
    int rank = rank();
    long[] pairs = new long[2 * rank];
    for (int i = 0; i < rank; i++) {
      pairs[2 * (rank - 1 - i)] = padBegin[i];
      pairs[2 * (rank - 1 - i) + 1] = zerosAfter()[i];
    }
    return pairs;
  }
}
