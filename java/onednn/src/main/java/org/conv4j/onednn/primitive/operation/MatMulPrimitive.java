package org.conv4j.onednn.primitive.operation;

import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.engine.CompiledOp;
import org.conv4j.onednn.binding.Layouts;
import org.conv4j.onednn.binding.OneDnn;
import org.conv4j.onednn.binding.Status;
import org.conv4j.onednn.primitive.PrimitiveBuilder;
import org.conv4j.op.MatMul;

/** Products of matrices as one matmul primitive. */
public final class MatMulPrimitive {
  private static final String NAME = "matmul";

  private MatMulPrimitive() {}

  public static CompiledOp compile(MatMul op) {
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, List.of())) {
      dnnl_memory_desc left = builder.input(Layouts.rowMajor(op.left()));
      dnnl_memory_desc right =
          builder.input(dnnl.DNNL_ARG_WEIGHTS, Layouts.rowMajor(op.right()), 1);
      dnnl_memory_desc output = builder.output(Layouts.rowMajor(op.output()));
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      Status.check(
          dnnl.dnnl_matmul_primitive_desc_create(
              desc, OneDnn.engine(), left, right, null, output, builder.attributes()),
          "a product of " + op.left() + " and " + op.right());
      builder.primitive(desc);
      return builder.build();
    }
  }
}
