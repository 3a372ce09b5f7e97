package org.conv4j.onednn.primitive.operation;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.engine.CompiledOp;
import org.conv4j.function.PoolingKind;
import org.conv4j.function.ReductionKind;
import org.conv4j.onednn.binding.Layouts;
import org.conv4j.onednn.binding.OneDnn;
import org.conv4j.onednn.binding.Status;
import org.conv4j.onednn.primitive.PrimitiveBuilder;
import org.conv4j.onednn.primitive.TwoStages;
import org.conv4j.op.Pooling;
import org.conv4j.op.Reduction;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A reduction of neighbouring axes as one primitive. oneDNN's own reductions are vectorised along
 * the last axis only; others are done by a pooling, or by a product with a row of ones.
 */
public final class ReductionPrimitive {
  private static final String NAME = "reduction";

  /** From this many elements on a mean is one of means, which costs little against reading them. */
  private static final long LONG = 1024;

  /** With fewer parts than this, there is nothing to gain. */
  private static final long FEW = 4;

  private ReductionPrimitive() {}

  public static Optional<CompiledOp> compile(Reduction op) {
    IntTuple axes = op.axes();
    int first = axes.get(0);
    int end = axes.get(axes.size() - 1) + 1;
    boolean extreme = op.kind() == ReductionKind.MAX || op.kind() == ReductionKind.MIN;
    // oneDNN's extremes drop a NaN.
    if (extreme || end - first != axes.size()) {
      return Optional.empty();
    }
    long outer = extent(op.input(), 0, first);
    long length = extent(op.input(), first, end);
    long inner = extent(op.input(), end, op.input().rank());
    if (inner == 1) {
      return rows(op, outer, length);
    }
    return op.kind() == ReductionKind.SUM
        ? Optional.of(product(outer, length, inner))
        : mean(outer, length, inner);
  }

  private static long extent(Shape shape, int from, int to) {
    long extent = 1;
    for (int axis = from; axis < to; axis++) {
      extent *= shape.dim(axis);
    }
    return extent;
  }

  private static Optional<CompiledOp> rows(Reduction op, long count, long length) {
    int algorithm =
        op.kind() == ReductionKind.SUM ? dnnl.dnnl_reduction_sum : dnnl.dnnl_reduction_mean;
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, List.of())) {
      dnnl_memory_desc input = builder.input(Layouts.rowMajor(Shape.of(count, length)));
      dnnl_memory_desc output = builder.output(Layouts.rowMajor(Shape.of(count, 1)));
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      int status =
          dnnl.dnnl_reduction_primitive_desc_create(
              desc, OneDnn.engine(), algorithm, input, output, 0, 0, builder.attributes());
      return builder.buildIfFast(status, desc, "a reduction of " + op.input());
    }
  }

  private static CompiledOp product(long batch, long length, long columns) {
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, List.of());
        Tensor ones = Tensor.allocate(DataType.FLOAT32, Shape.of(length))) {
      ones.transform(ignored -> 1);
      dnnl_memory_desc left =
          builder.constant(dnnl.DNNL_ARG_SRC, Layouts.rowMajor(Shape.of(1, 1, length)), ones);
      dnnl_memory_desc right =
          builder.input(
              dnnl.DNNL_ARG_WEIGHTS, Layouts.rowMajor(Shape.of(batch, length, columns)), 0);
      dnnl_memory_desc output = builder.output(Layouts.rowMajor(Shape.of(batch, 1, columns)));
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      Status.check(
          dnnl.dnnl_matmul_primitive_desc_create(
              desc, OneDnn.engine(), left, right, null, output, builder.attributes()),
          "a sum of " + length + " rows");
      builder.primitive(desc);
      return builder.build();
    }
  }

  /** oneDNN adds one element after the other, so that the error of a mean of many is theirs all. */
  private static Optional<CompiledOp> mean(long batch, long length, long channels) {
    long part = length < LONG ? 1 : divisorBelowRoot(length);
    if (part < FEW) {
      return pooling(batch, length, channels);
    }
    Shape between = Shape.of(batch, part, channels);
    Optional<CompiledOp> parts = pooling(batch * part, length / part, channels);
    if (parts.isEmpty()) {
      return parts;
    }
    Optional<CompiledOp> whole;
    try {
      whole = pooling(batch, part, channels);
    } catch (RuntimeException | Error failure) {
      parts.get().close();
      throw failure;
    }
    if (whole.isEmpty()) {
      parts.get().close();
      return whole;
    }
    return Optional.of(new TwoStages(parts.get(), whole.get(), between));
  }

  /** The largest divisor that is not above the square root. */
  private static long divisorBelowRoot(long length) {
    long divisor = (long) Math.sqrt(length);
    while (length % divisor != 0) {
      divisor--;
    }
    return divisor;
  }

  private static Optional<CompiledOp> pooling(long batch, long length, long channels) {
    IntTuple one = IntTuple.of(1);
    IntTuple zero = IntTuple.of(0);
    Window window = new Window(IntTuple.of((int) length), one, one, zero, zero);
    return PoolingPrimitive.compile(
        new Pooling(
            Shape.of(batch, length, channels),
            Shape.of(batch, 1, channels),
            window,
            PoolingKind.AVERAGE));
  }
}
