package org.conv4j.onednn.primitive.operation;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.engine.CompiledOp;
import org.conv4j.onednn.binding.Layouts;
import org.conv4j.onednn.binding.OneDnn;
import org.conv4j.onednn.primitive.PrimitiveBuilder;
import org.conv4j.op.Normalization;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/**
 * A normalization of {@code (batch, n..., groups, channels of a group)} along everything but batch
 * and groups as one group-normalization primitive.
 */
public final class GroupNormalizationPrimitive {
  private static final String NAME = "group-normalization";

  private GroupNormalizationPrimitive() {}

  public static Optional<CompiledOp> compile(Normalization op, List<Tensor> constants) {
    int rank = op.input().rank();
    if (op.kind() != Normalization.Kind.STANDARD
        || rank < 4
        || !isByGroups(op)
        || NormalizationPrimitive.losesEpsilon(op)) {
      return Optional.empty();
    }
    long groups = op.input().dim(-2);
    long channels = groups * op.input().dim(-1);
    long batch = op.input().dim(0);
    Shape pixels = Shape.of(batch, op.input().elementCount() / (batch * channels), channels);
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, List.of())) {
      dnnl_memory_desc input = builder.input(Layouts.activations(pixels));
      dnnl_memory_desc output = builder.output(Layouts.activations(pixels));
      int flags = NormalizationPrimitive.parameters(op, constants, builder, channels);
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      int status =
          dnnl.dnnl_group_normalization_forward_primitive_desc_create(
              desc,
              OneDnn.engine(),
              dnnl.dnnl_forward_inference,
              input,
              output,
              groups,
              (float) op.epsilon(),
              flags,
              builder.attributes());
      return builder.buildIfFast(status, desc, "a normalization of " + op.input());
    }
  }

  /** Also that the parameters, if any, are those of the channels. */
  private static boolean isByGroups(Normalization op) {
    int rank = op.input().rank();
    if (op.axes().size() != rank - 2) {
      return false;
    }
    for (int axis = 0; axis < rank; axis++) {
      boolean isChannel = axis >= rank - 2;
      boolean isNormalized = axis != 0 && axis != rank - 2;
      if (isNormalized && op.axes().get(axis < rank - 2 ? axis - 1 : axis - 2) != axis) {
        return false;
      }
      long extent = isChannel ? op.input().dim(axis) : 1;
      if ((op.scale() || op.shift()) && op.parameters().dim(axis) != extent) {
        return false;
      }
    }
    return true;
  }
}
