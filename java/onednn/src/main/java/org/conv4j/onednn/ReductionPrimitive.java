package org.conv4j.onednn;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Reduction;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Sums and means along neighbouring axes, as a product with a vector of ones. */
final class ReductionPrimitive {
  private static final String NAME = "reduction";

  private ReductionPrimitive() {}

  static Optional<CompiledOp> compile(Reduction op) {
    return switch (op.kind()) {
      case SUM, MEAN -> areNeighbours(op.axes()) ? Optional.of(product(op)) : Optional.empty();
      case MAX, MIN -> Optional.empty();
    };
  }

  private static boolean areNeighbours(IntTuple axes) {
    return axes.get(axes.size() - 1) - axes.get(0) == axes.size() - 1;
  }

  private static long extent(Shape shape, int from, int to) {
    long extent = 1;
    for (int axis = from; axis < to; axis++) {
      extent *= shape.dim(axis);
    }
    return extent;
  }

  private static CompiledOp product(Reduction op) {
    int first = op.axes().get(0);
    int end = op.axes().get(op.axes().size() - 1) + 1;
    long outer = extent(op.input(), 0, first);
    long length = extent(op.input(), first, end);
    long inner = extent(op.input(), end, op.input().rank());
    List<PostOps.Eltwise> mean =
        op.kind() == Reduction.Kind.SUM
            ? List.of()
            : List.of(new PostOps.Eltwise(dnnl.dnnl_eltwise_linear, 1.0 / length, 0));
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, mean);
        Tensor ones = Tensor.allocate(DataType.FLOAT32, Shape.of(length))) {
      ones.transform(ignored -> 1);
      dnnl_memory_desc left;
      dnnl_memory_desc right;
      dnnl_memory_desc output;
      if (inner == 1) {
        left = builder.input(Layouts.rowMajor(Shape.of(outer, length)));
        right =
            builder.constant(
                dnnl.DNNL_ARG_WEIGHTS, Layouts.rowMajor(Shape.of(length, 1)), ones);
        output = builder.output(Layouts.rowMajor(Shape.of(outer, 1)));
      } else {
        left = builder.constant(dnnl.DNNL_ARG_SRC, Layouts.rowMajor(Shape.of(1, 1, length)), ones);
        right =
            builder.input(
                dnnl.DNNL_ARG_WEIGHTS, Layouts.rowMajor(Shape.of(outer, length, inner)), 0, 0);
        output = builder.output(Layouts.rowMajor(Shape.of(outer, 1, inner)));
      }
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      Status.check(
          dnnl.dnnl_matmul_primitive_desc_create(
              desc, OneDnn.engine(), left, right, null, output, builder.attributes()),
          "a reduction of " + op.input());
      builder.primitive(desc);
      return builder.build();
    }
  }

  static CompiledOp oneDnn(Reduction op, int alg) {
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, List.of())) {
      dnnl_memory_desc in = builder.input(Layouts.rowMajor(op.input()));
      dnnl_memory_desc out = builder.output(Layouts.rowMajor(op.output()));
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      Status.check(
          dnnl.dnnl_reduction_primitive_desc_create(
              desc, OneDnn.engine(), alg, in, out, 0f, 0f, builder.attributes()),
          "a reduction of " + op.input());
      builder.primitive(desc);
      return builder.build();
    }
  }
}
