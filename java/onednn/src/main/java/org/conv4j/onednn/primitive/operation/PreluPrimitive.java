package org.conv4j.onednn.primitive.operation;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.engine.CompiledOp;
import org.conv4j.onednn.binding.Layouts;
import org.conv4j.onednn.binding.OneDnn;
import org.conv4j.onednn.primitive.PostOps;
import org.conv4j.onednn.primitive.PrimitiveBuilder;
import org.conv4j.op.Prelu;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/** Learned slopes below zero as one prelu primitive. */
public final class PreluPrimitive {
  private static final String NAME = "prelu";

  private PreluPrimitive() {}

  public static Optional<CompiledOp> compile(Prelu op, List<Tensor> constants) {
    if (op.slopes().elementCount() == 1) {
      double slope = constants.get(0).get(0);
      if (slope == 0) {
        // oneDNN takes this for the plain rectifier, which makes 0 of a NaN.
        return Optional.empty();
      }
      PostOps.Eltwise relu = new PostOps.Eltwise(dnnl.dnnl_eltwise_relu, slope, 0);
      return Optional.of(EltwisePrimitive.compile(op.input(), List.of(relu)));
    }
    BroadcastPair operands = BroadcastPair.of(op.input(), op.slopes());
    Shape shape = operands.left();
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, List.of())) {
      dnnl_memory_desc input = builder.input(Layouts.rowMajor(shape));
      dnnl_memory_desc output = builder.output(Layouts.rowMajor(shape));
      dnnl_memory_desc slopes =
          builder.constant(
              dnnl.DNNL_ARG_WEIGHTS, Layouts.rowMajor(operands.right()), constants.get(0));
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      int status =
          dnnl.dnnl_prelu_forward_primitive_desc_create(
              desc,
              OneDnn.engine(),
              dnnl.dnnl_forward_inference,
              input,
              slopes,
              output,
              builder.attributes());
      return builder.buildIfFast(status, desc, "slopes " + op.slopes() + " for " + op.input());
    }
  }
}
