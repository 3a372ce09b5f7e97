package org.conv4j.onednn;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Prelu;
import org.conv4j.tensor.Tensor;

/** Learned slopes below zero as one prelu primitive. */
final class PreluPrimitive {
  private static final String NAME = "prelu";

  private PreluPrimitive() {}

  static Optional<CompiledOp> compile(Prelu op, List<Tensor> constants) {
    if (op.input().rank() < 2) {
      return Optional.empty();
    }
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, List.of())) {
      dnnl_memory_desc input = builder.input(Layouts.activations(op.input()));
      dnnl_memory_desc output = builder.output(Layouts.activations(op.input()));
      dnnl_memory_desc slopes =
          builder.constant(
              dnnl.DNNL_ARG_WEIGHTS, Layouts.activations(op.slopes()), constants.get(0));
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      Status.check(
          dnnl.dnnl_prelu_forward_primitive_desc_create(
              desc,
              OneDnn.engine(),
              dnnl.dnnl_forward_inference,
              input,
              slopes,
              output,
              builder.attributes()),
          "slopes " + op.slopes() + " for " + op.input());
      builder.primitive(desc);
      return builder.buildUnlessSlow();
    }
  }
}
