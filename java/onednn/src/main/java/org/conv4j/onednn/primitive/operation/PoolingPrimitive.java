package org.conv4j.onednn.primitive.operation;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.engine.CompiledOp;
import org.conv4j.function.PoolingKind;
import org.conv4j.onednn.binding.Layouts;
import org.conv4j.onednn.binding.OneDnn;
import org.conv4j.onednn.primitive.PrimitiveBuilder;
import org.conv4j.op.Pooling;
import org.conv4j.shape.Window;

/** A moving window's largest element or mean as one pooling primitive. */
public final class PoolingPrimitive {
  private static final String NAME = "pooling";

  /** What creating a primitive takes grows with the window: more than 10 seconds for 2^27. */
  private static final long MOST_TAPS = 1 << 20;

  private PoolingPrimitive() {}

  public static Optional<CompiledOp> compile(Pooling op) {
    if (op.window().taps() > MOST_TAPS) {
      return Optional.empty();
    }
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, List.of())) {
      dnnl_memory_desc input = builder.input(Layouts.activations(op.input()));
      dnnl_memory_desc output = builder.output(Layouts.activations(op.output()));
      Window window = op.window();
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      int status =
          dnnl.dnnl_pooling_forward_primitive_desc_create(
              desc,
              OneDnn.engine(),
              dnnl.dnnl_forward_inference,
              op.kind() == PoolingKind.MAX
                  ? dnnl.dnnl_pooling_max
                  : dnnl.dnnl_pooling_avg_exclude_padding,
              input,
              output,
              Layouts.longs(window.strides()),
              Layouts.longs(window.kernel()),
              Layouts.zeroBased(window.dilation()),
              Layouts.longs(window.padBegin()),
              Layouts.longs(window.padEnd()),
              builder.attributes());
      return builder.buildIfFast(
          status, desc, "a pooling of " + op.input() + " with a window of " + window.kernel());
    }
  }
}
