package org.conv4j.onednn.primitive.operation;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.engine.CompiledOp;
import org.conv4j.function.ResizeCoordinates;
import org.conv4j.onednn.binding.Layouts;
import org.conv4j.onednn.binding.OneDnn;
import org.conv4j.onednn.primitive.PrimitiveBuilder;
import org.conv4j.op.Resize;

/** Another resolution as one resampling primitive, which samples the centres of pixels. */
public final class ResamplingPrimitive {
  private static final String NAME = "resampling";

  private ResamplingPrimitive() {}

  public static Optional<CompiledOp> compile(Resize op) {
    if (op.coordinates() != ResizeCoordinates.HALF_PIXEL) {
      return Optional.empty();
    }
    return switch (op.method()) {
      case NEAREST -> isWhole(op) ? compile(op, dnnl.dnnl_resampling_nearest) : Optional.empty();
      case LINEAR -> compile(op, dnnl.dnnl_resampling_linear);
      case CUBIC -> Optional.empty();
    };
  }

  /** Only then does oneDNN's rounding, to the nearest even number, never meet a tie. */
  private static boolean isWhole(Resize op) {
    for (int axis = 1; axis < op.input().rank() - 1; axis++) {
      if (op.output().dim(axis) % op.input().dim(axis) != 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<CompiledOp> compile(Resize op, int algorithm) {
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, List.of())) {
      dnnl_memory_desc input = builder.input(Layouts.activations(op.input()));
      dnnl_memory_desc output = builder.output(Layouts.activations(op.output()));
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      int status =
          dnnl.dnnl_resampling_forward_primitive_desc_create(
              desc,
              OneDnn.engine(),
              dnnl.dnnl_forward_inference,
              algorithm,
              (float[]) null,
              input,
              output,
              builder.attributes());
      return builder.buildIfFast(
          status, desc, "a resampling of " + op.input() + " to " + op.output());
    }
  }
}
