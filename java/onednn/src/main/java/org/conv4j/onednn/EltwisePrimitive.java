package org.conv4j.onednn;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Eltwise;
import org.conv4j.shape.Shape;

/** A function of each element as one eltwise primitive, if oneDNN has the function. */
final class EltwisePrimitive {
  private static final String NAME = "eltwise";

  private static final PostOps.Eltwise IDENTITY =
      new PostOps.Eltwise(dnnl.dnnl_eltwise_linear, 1, 0);

  private EltwisePrimitive() {}

  static Optional<CompiledOp> compile(Eltwise op) {
    return PostOps.chain(op.activation()).map(chain -> compile(op.input(), chain));
  }

  /** Compiles a chain of functions. */
  static CompiledOp compile(Shape shape, List<PostOps.Eltwise> chain) {
    PostOps.Eltwise first = chain.isEmpty() ? IDENTITY : chain.get(0);
    List<PostOps.Eltwise> rest = chain.isEmpty() ? chain : chain.subList(1, chain.size());
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, rest)) {
      Shape flat = Shape.of(shape.elementCount());
      dnnl_memory_desc input = builder.input(Layouts.rowMajor(flat));
      dnnl_memory_desc output = builder.output(Layouts.rowMajor(flat));
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      Status.check(
          dnnl.dnnl_eltwise_forward_primitive_desc_create(
              desc,
              OneDnn.engine(),
              dnnl.dnnl_forward_inference,
              first.algorithm(),
              input,
              output,
              (float) first.alpha(),
              (float) first.beta(),
              builder.attributes()),
          "a function of " + shape);
      builder.primitive(desc);
      return builder.build();
    }
  }
}
