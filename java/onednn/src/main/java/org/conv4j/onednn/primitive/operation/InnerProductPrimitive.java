package org.conv4j.onednn.primitive.operation;

import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.engine.CompiledOp;
import org.conv4j.onednn.binding.Layouts;
import org.conv4j.onednn.binding.OneDnn;
import org.conv4j.onednn.binding.Status;
import org.conv4j.onednn.primitive.PostOps;
import org.conv4j.onednn.primitive.PrimitiveBuilder;
import org.conv4j.op.InnerProduct;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/** A product with a constant matrix as one inner-product primitive. */
public final class InnerProductPrimitive {
  private static final String NAME = "inner-product";

  private InnerProductPrimitive() {}

  public static CompiledOp compile(InnerProduct op, List<Tensor> constants) {
    long channels = op.input().dim(-1);
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, PostOps.required(op.activation()))) {
      dnnl_memory_desc input = builder.input(Layouts.rowMajor(Shape.of(op.rows(), channels)));
      dnnl_memory_desc output = builder.output(Layouts.rowMajor(Shape.of(op.rows(), op.units())));
      dnnl_memory_desc matrix =
          builder.temporary(Layouts.permuted(Shape.of(channels, op.units()), IntTuple.of(1, 0)));
      dnnl_memory_desc any = builder.temporary(Layouts.any(op.units(), channels));
      dnnl_memory_desc bias = op.bias() ? builder.bias(constants.get(1)) : null;
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      Status.check(
          dnnl.dnnl_inner_product_forward_primitive_desc_create(
              desc,
              OneDnn.engine(),
              dnnl.dnnl_forward_inference,
              input,
              any,
              bias,
              output,
              builder.attributes()),
          "a product of " + op.input() + " with a matrix of " + op.units() + " columns");
      builder.primitive(desc);
      builder.packedWeights(constants.get(0), matrix);
      return builder.build();
    }
  }
}
