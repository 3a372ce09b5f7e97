package org.conv4j.onednn.primitive.operation;

import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.engine.CompiledOp;
import org.conv4j.onednn.binding.Layouts;
import org.conv4j.onednn.binding.OneDnn;
import org.conv4j.onednn.binding.Status;
import org.conv4j.onednn.primitive.Followed;
import org.conv4j.onednn.primitive.PrimitiveBuilder;
import org.conv4j.op.Softmax;

/** A softmax as one softmax primitive, and {@link SoftmaxNaN} after it. */
public final class SoftmaxPrimitive {
  private SoftmaxPrimitive() {}

  public static CompiledOp compile(Softmax op) {
    try (PrimitiveBuilder builder = new PrimitiveBuilder("direct", List.of())) {
      dnnl_memory_desc input = builder.input(Layouts.rowMajor(op.input()));
      dnnl_memory_desc output = builder.output(Layouts.rowMajor(op.output()));
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      Status.check(
          dnnl.dnnl_softmax_forward_primitive_desc_create(
              desc,
              OneDnn.engine(),
              dnnl.dnnl_forward_inference,
              op.log() ? dnnl.dnnl_softmax_log : dnnl.dnnl_softmax_accurate,
              input,
              output,
              op.axis(),
              builder.attributes()),
          "a softmax of " + op.input());
      builder.primitive(desc);
      return Followed.compile(builder.build(), () -> SoftmaxNaN.of(op));
    }
  }
}
