package org.conv4j.onednn.primitive.operation;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.conv4j.engine.CompiledOp;
import org.conv4j.onednn.binding.Layouts;
import org.conv4j.onednn.primitive.PrimitiveBuilder;
import org.conv4j.onednn.primitive.Reorder;
import org.conv4j.op.Slice;
import org.conv4j.tensor.DataType;

/** A copy of elements at regular distances as one reorder primitive. */
public final class SlicePrimitive {
  private static final String NAME = "reorder";

  private SlicePrimitive() {}

  public static Optional<CompiledOp> compile(Slice op) {
    int rank = op.input().rank();
    long[] strides = new long[rank];
    long begin = 0;
    long stride = 1;
    for (int axis = rank - 1; axis >= 0; axis--) {
      int step = op.steps().get(axis);
      // Rows that begin before the last step of the one before has ended are no oneDNN layout.
      if (step < 0 || op.output().dim(axis) * step > op.input().dim(axis)) {
        return Optional.empty();
      }
      strides[axis] = step * stride;
      begin += op.begin().get(axis) * stride;
      stride *= op.input().dim(axis);
    }
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, List.of())) {
      dnnl_memory_desc input =
          builder.input(
              Layouts.strided(op.output().toArray(), strides),
              begin * DataType.FLOAT32.bytes(),
              (op.input().elementCount() - begin) * DataType.FLOAT32.bytes());
      dnnl_memory_desc output = builder.output(Layouts.rowMajor(op.output()));
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      int status = Reorder.describe(desc, input, output);
      return builder.buildIfFast(status, desc, "a slice of " + op.input());
    }
  }
}
