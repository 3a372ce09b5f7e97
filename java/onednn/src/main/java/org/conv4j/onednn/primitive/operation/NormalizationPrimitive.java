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
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/** A normalization along the last axes as one layer-normalization primitive. */
public final class NormalizationPrimitive {
  private static final String NAME = "layer-normalization";

  private NormalizationPrimitive() {}

  public static Optional<CompiledOp> compile(Normalization op, List<Tensor> constants) {
    if (op.kind() == Normalization.Kind.EUCLIDEAN || !isAlongLastAxes(op) || losesEpsilon(op)) {
      return Optional.empty();
    }
    long length = 1;
    for (int i = 0; i < op.axes().size(); i++) {
      length *= op.input().dim(op.axes().get(i));
    }
    Shape rows = Shape.of(op.input().elementCount() / length, length);
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, List.of())) {
      dnnl_memory_desc input = builder.input(Layouts.rowMajor(rows));
      dnnl_memory_desc output = builder.output(Layouts.rowMajor(rows));
      int flags = parameters(op, constants, builder, length);
      if (op.kind() == Normalization.Kind.ROOT_MEAN_SQUARE) {
        flags |= dnnl.dnnl_rms_norm;
      }
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      int status =
          dnnl.dnnl_layer_normalization_forward_primitive_desc_create(
              desc,
              OneDnn.engine(),
              dnnl.dnnl_forward_inference,
              input,
              output,
              null,
              (float) op.epsilon(),
              flags,
              builder.attributes());
      return builder.buildIfFast(status, desc, "a normalization of " + op.input());
    }
  }

  /**
   * Whether oneDNN, which takes a float, would compute with an epsilon of zero and answer NaN for
   * equal elements.
   */
  static boolean losesEpsilon(Normalization op) {
    return op.epsilon() > 0 && (float) op.epsilon() < Float.MIN_NORMAL;
  }

  /** Adds the scale and the shift, and returns the flags for those that there are. */
  static int parameters(
      Normalization op, List<Tensor> constants, PrimitiveBuilder builder, long length) {
    int flags = 0;
    if (op.scale()) {
      flags |= dnnl.dnnl_use_scale;
      builder.constant(dnnl.DNNL_ARG_SCALE, Layouts.vector(length), constants.get(0));
    }
    if (op.shift()) {
      flags |= dnnl.dnnl_use_shift;
      builder.constant(
          dnnl.DNNL_ARG_SHIFT, Layouts.vector(length), constants.get(op.scale() ? 1 : 0));
    }
    return flags;
  }

  /** Also that the parameters, if any, are those of one set. */
  private static boolean isAlongLastAxes(Normalization op) {
    IntTuple axes = op.axes();
    int rank = op.input().rank();
    int first = rank - axes.size();
    for (int axis = 0; axis < rank; axis++) {
      boolean normalized = axis >= first;
      if (normalized && axes.get(axis - first) != axis) {
        return false;
      }
      long extent = normalized ? op.input().dim(axis) : 1;
      if ((op.scale() || op.shift()) && op.parameters().dim(axis) != extent) {
        return false;
      }
    }
    return true;
  }
}
