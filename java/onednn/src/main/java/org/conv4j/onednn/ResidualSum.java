package org.conv4j.onednn;

import java.util.function.Function;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompiledOp;
import org.conv4j.op.Convolution;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;

/** A convolution by a kernel that cannot add a second input, then that sum, in place. */
final class ResidualSum {
  private static final String NAME = "sum";

  private ResidualSum() {}

  /** Compiles an op with the kernel that is given, which need not know the second input. */
  static CompiledOp compile(
      Convolution op, Function<Convolution, CompiledOp> kernel, DataType dataType) {
    Convolution linear =
        new Convolution(
            op.input(), op.output(), op.window(), op.groups(), op.bias(), Activation.LINEAR);
    return Followed.compile(
        kernel.apply(linear), () -> dataType == DataType.FLOAT64 ? NativeSum.compile(op) : sum(op));
  }

  /** Compiles the sum of what the output holds and the second input. */
  private static CompiledOp sum(Convolution op) {
    Activator activator = Activator.of(op.activation());
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, activator.fused())) {
      Shape flat = Shape.of(op.output().elementCount());
      dnnl_memory_desc before =
          builder.input(dnnl.DNNL_ARG_SRC_0, Layouts.rowMajor(flat), PrimitiveOp.OUTPUT);
      dnnl_memory_desc other = builder.input(dnnl.DNNL_ARG_SRC_1, Layouts.rowMajor(flat), 1);
      dnnl_memory_desc output = builder.output(Layouts.rowMajor(flat));
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      Status.check(
          dnnl.dnnl_binary_primitive_desc_create(
              desc,
              OneDnn.engine(),
              dnnl.dnnl_binary_add,
              before,
              other,
              output,
              builder.attributes()),
          "a sum of " + op.output());
      builder.primitive(desc);
      return activator.complete(builder.build(), op.output());
    }
  }
}
