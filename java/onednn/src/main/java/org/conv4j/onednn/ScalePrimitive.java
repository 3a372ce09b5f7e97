package org.conv4j.onednn;

import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Scale;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.Tensor;

/** A scaling of channels as one binary primitive, a product, that then adds the shift. */
final class ScalePrimitive {
  private static final String NAME = "scale";

  private ScalePrimitive() {}

  static CompiledOp compile(Scale op, List<Tensor> constants) {
    Activator activator = Activator.of(op.activation());
    long channels = op.input().dim(-1);
    Shape rows = Shape.of(op.input().elementCount() / channels, channels);
    Shape row = Shape.of(1, channels);
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, activator.fused())) {
      dnnl_memory_desc input = builder.input(Layouts.rowMajor(rows));
      dnnl_memory_desc output = builder.output(Layouts.rowMajor(rows));
      dnnl_memory_desc scale =
          builder.constant(dnnl.DNNL_ARG_SRC_1, Layouts.rowMajor(row), constants.get(0));
      builder.combineWithConstant(dnnl.dnnl_binary_add, Layouts.rowMajor(row), constants.get(1));
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      Status.check(
          dnnl.dnnl_binary_primitive_desc_create(
              desc,
              OneDnn.engine(),
              dnnl.dnnl_binary_mul,
              input,
              scale,
              output,
              builder.attributes()),
          "a scaling of " + op.input());
      builder.primitive(desc);
      return activator.complete(builder.build());
    }
  }

  /** As batch normalization with mean 0 and variance 1. */
  static CompiledOp compileBn(Scale op, List<Tensor> constants) {
    Activator activator = Activator.of(op.activation());
    long channels = op.input().dim(-1);
    Shape rows = Shape.of(1,op.input().elementCount() / channels, channels);
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, activator.fused());
        Tensor zero = Tensor.allocate(org.conv4j.tensor.DataType.FLOAT32, Shape.of(channels));
        Tensor one = Tensor.allocate(org.conv4j.tensor.DataType.FLOAT32, Shape.of(channels))) {
      one.transform(x -> 1);
      dnnl_memory_desc input = builder.input(Layouts.activations(rows));
      dnnl_memory_desc output = builder.output(Layouts.activations(rows));
      builder.constant(dnnl.DNNL_ARG_SCALE, Layouts.vector(channels), constants.get(0));
      builder.constant(dnnl.DNNL_ARG_SHIFT, Layouts.vector(channels), constants.get(1));
      builder.constant(dnnl.DNNL_ARG_MEAN, Layouts.vector(channels), zero);
      builder.constant(dnnl.DNNL_ARG_VARIANCE, Layouts.vector(channels), one);
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      Status.check(
          dnnl.dnnl_batch_normalization_forward_primitive_desc_create(
              desc,
              OneDnn.engine(),
              dnnl.dnnl_forward_inference,
              input,
              output,
              0f,
              dnnl.dnnl_use_global_stats | dnnl.dnnl_use_scale | dnnl.dnnl_use_shift,
              builder.attributes()),
          "a scaling of " + op.input());
      builder.primitive(desc);
      return activator.complete(builder.build());
    }
  }
}
