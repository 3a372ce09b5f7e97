package org.conv4j.onednn.binding;

import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

/**
 * Memory descriptors of our layouts. oneDNN always names dimensions channels-first and says with
 * strides where they lie in memory; ours is channels-last for activations and Keras's order for
 * weights. Every result is new and owned by the caller.
 */
public final class Layouts {
  private Layouts() {}

  /** Channels-last activations. */
  public static NativeHandle<dnnl_memory_desc> activations(Shape channelsLast) {
    return permuted(
        channelsLast, DataFormat.CHANNELS_FIRST.axesFromChannelsLast(channelsLast.rank()));
  }

  /** A dense row-major tensor, named as it lies. */
  public static NativeHandle<dnnl_memory_desc> rowMajor(Shape shape) {
    return strided(shape.toArray(), rowMajorStrides(shape));
  }

  /** A dense row-major tensor whose dimensions are named in another order. */
  public static NativeHandle<dnnl_memory_desc> permuted(Shape stored, IntTuple axes) {
    long[] storedStrides = rowMajorStrides(stored);
    long[] strides = new long[axes.size()];
    for (int i = 0; i < strides.length; i++) {
      strides[i] = storedStrides[axes.get(i)];
    }
    return strided(stored.permute(axes).toArray(), strides);
  }

  /** A vector. */
  public static NativeHandle<dnnl_memory_desc> vector(long length) {
    return strided(new long[] {length}, new long[] {1});
  }

  /** A convolution's kernel {@code (k..., c, f)} as oneDNN's {@code (g, o, i, k...)}. */
  public static NativeHandle<dnnl_memory_desc> kernel(Convolution op) {
    long filters = op.output().dim(-1);
    long[] dims = kernelDims(op);
    long[] strides = new long[dims.length];
    int first = dims.length - op.window().rank();
    if (op.groups() > 1) {
      strides[0] = op.filtersPerGroup();
    }
    strides[first - 2] = 1;
    strides[first - 1] = filters;
    spatialStrides(op.window().kernel(), op.channelsPerGroup() * filters, strides, first);
    return strided(dims, strides);
  }

  /** A convolution's kernel in whatever layout suits the implementation. */
  public static NativeHandle<dnnl_memory_desc> anyKernel(Convolution op) {
    return any(kernelDims(op));
  }

  /** A transposed convolution's kernel {@code (k..., f, c)} as oneDNN's {@code (o, i, k...)}. */
  public static NativeHandle<dnnl_memory_desc> kernel(Deconvolution op) {
    long channels = op.input().dim(-1);
    long[] dims = kernelDims(op);
    long[] strides = new long[dims.length];
    strides[0] = channels;
    strides[1] = 1;
    spatialStrides(op.window().kernel(), channels * op.output().dim(-1), strides, 2);
    return strided(dims, strides);
  }

  /** A transposed convolution's kernel in whatever layout suits the implementation. */
  public static NativeHandle<dnnl_memory_desc> anyKernel(Deconvolution op) {
    return any(kernelDims(op));
  }

  /** An independent copy of a descriptor that something else owns. */
  public static NativeHandle<dnnl_memory_desc> copy(dnnl_memory_desc desc) {
    dnnl_memory_desc copy = new dnnl_memory_desc();
    Status.check(dnnl.dnnl_memory_desc_clone(copy, desc), "copying a memory descriptor");
    return NativeHandle.own(copy, dnnl::dnnl_memory_desc_destroy);
  }

  public static long[] longs(IntTuple tuple) {
    long[] values = new long[tuple.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tuple.get(i);
    }
    return values;
  }

  /**
   * Tells whether oneDNN can run a window with its padding. Negative padding may only cut off
   * inputs that no window reaches, and no window may consist of padding alone: there oneDNN 3.11
   * has crashed, in {@code brg_conv_fwd:avx512_core} with strides and an activation.
   */
  public static boolean canPad(Window window) {
    for (int axis = 0; axis < window.rank(); axis++) {
      int begin = window.padBegin().get(axis);
      int end = window.padEnd().get(axis);
      if (begin < 0
          || end <= -window.strides().get(axis)
          || Math.max(begin, end) >= window.effectiveKernel(axis)) {
        return false;
      }
    }
    return true;
  }

  /** Dilation as oneDNN counts it: the number of elements skipped between two taps. */
  public static long[] zeroBased(IntTuple dilation) {
    long[] skipped = longs(dilation);
    for (int i = 0; i < skipped.length; i++) {
      skipped[i]--;
    }
    return skipped;
  }

  private static long[] kernelDims(Convolution op) {
    long[] channels =
        op.groups() > 1
            ? new long[] {op.groups(), op.filtersPerGroup(), op.channelsPerGroup()}
            : new long[] {op.filtersPerGroup(), op.channelsPerGroup()};
    return append(channels, op.window().kernel());
  }

  private static long[] kernelDims(Deconvolution op) {
    return append(new long[] {op.output().dim(-1), op.input().dim(-1)}, op.window().kernel());
  }

  private static long[] append(long[] channels, IntTuple kernel) {
    long[] dims = new long[channels.length + kernel.size()];
    System.arraycopy(channels, 0, dims, 0, channels.length);
    for (int i = 0; i < kernel.size(); i++) {
      dims[channels.length + i] = kernel.get(i);
    }
    return dims;
  }

  private static void spatialStrides(IntTuple kernel, long tap, long[] strides, int first) {
    long stride = tap;
    for (int i = kernel.size() - 1; i >= 0; i--) {
      strides[first + i] = stride;
      stride *= kernel.get(i);
    }
  }

  private static long[] rowMajorStrides(Shape shape) {
    long[] strides = new long[shape.rank()];
    long stride = 1;
    for (int i = strides.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape.dim(i);
    }
    return strides;
  }

  /** A tensor whose elements lie at given distances. */
  public static NativeHandle<dnnl_memory_desc> strided(long[] dims, long[] strides) {
    dnnl_memory_desc desc = new dnnl_memory_desc();
    Status.check(
        dnnl.dnnl_memory_desc_create_with_strides(desc, dims.length, dims, dnnl.dnnl_f32, strides),
        "describing memory");
    return NativeHandle.own(desc, dnnl::dnnl_memory_desc_destroy);
  }

  /** Weights in whatever layout suits the implementation. */
  public static NativeHandle<dnnl_memory_desc> any(long... dims) {
    dnnl_memory_desc desc = new dnnl_memory_desc();
    Status.check(
        dnnl.dnnl_memory_desc_create_with_tag(
            desc, dims.length, dims, dnnl.dnnl_f32, dnnl.dnnl_format_tag_any),
        "describing memory");
    return NativeHandle.own(desc, dnnl::dnnl_memory_desc_destroy);
  }
}
