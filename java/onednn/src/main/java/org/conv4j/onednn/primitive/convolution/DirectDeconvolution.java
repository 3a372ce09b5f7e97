package org.conv4j.onednn.primitive.convolution;

import java.util.List;
import java.util.OptionalDouble;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.engine.CompiledOp;
import org.conv4j.machine.Machine;
import org.conv4j.onednn.binding.Layouts;
import org.conv4j.onednn.binding.OneDnn;
import org.conv4j.onednn.binding.Status;
import org.conv4j.onednn.choice.KernelCandidate;
import org.conv4j.onednn.primitive.Bounds;
import org.conv4j.onednn.primitive.PostOps;
import org.conv4j.onednn.primitive.PrimitiveBuilder;
import org.conv4j.op.Deconvolution;
import org.conv4j.shape.Window;
import org.conv4j.tensor.Tensor;

/** A transposed convolution as one deconvolution primitive. */
public final class DirectDeconvolution implements KernelCandidate<Deconvolution> {
  private static final String NAME = "direct";

  @Override
  public OptionalDouble cost(Deconvolution op, Machine machine, int threads) {
    return Bounds.takes(op) && Layouts.canPad(op.window()) && !writesTooFar(op)
        ? OptionalDouble.of(1)
        : OptionalDouble.empty();
  }

  /**
   * Asks oneDNN for its implementation, but only where one may be wrong, and without making a
   * primitive, which can take seconds.
   */
  private static boolean writesTooFar(Deconvolution op) {
    if (!KnownIssues.mayWriteTooFar(op)) {
      return false;
    }
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, PostOps.required(op.activation()))) {
      dnnl_memory_desc bias =
          op.bias() ? builder.temporary(Layouts.vector(op.output().dim(-1))) : null;
      return KnownIssues.writesTooFar(builder.implementation(descriptor(op, builder, bias)));
    }
  }

  @Override
  public CompiledOp compile(Deconvolution op, List<Tensor> constants) {
    try (PrimitiveBuilder builder = new PrimitiveBuilder(NAME, PostOps.required(op.activation()))) {
      dnnl_memory_desc kernel = builder.temporary(Layouts.kernel(op));
      dnnl_memory_desc bias = op.bias() ? builder.bias(constants.get(1)) : null;
      builder.primitive(descriptor(op, builder, bias));
      builder.packedWeights(constants.get(0), kernel);
      return builder.build();
    }
  }

  private static dnnl_primitive_desc descriptor(
      Deconvolution op, PrimitiveBuilder builder, dnnl_memory_desc bias) {
    dnnl_memory_desc input = builder.input(Layouts.activations(op.input()));
    dnnl_memory_desc output = builder.output(Layouts.activations(op.output()));
    dnnl_memory_desc any = builder.temporary(Layouts.anyKernel(op));
    Window window = op.window();
    dnnl_primitive_desc desc = new dnnl_primitive_desc();
    Status.check(
        dnnl.dnnl_deconvolution_forward_primitive_desc_create(
            desc,
            OneDnn.engine(),
            dnnl.dnnl_forward_inference,
            dnnl.dnnl_deconvolution_direct,
            input,
            any,
            bias,
            output,
            Layouts.longs(window.strides()),
            Layouts.zeroBased(window.dilation()),
            Layouts.longs(window.padBegin()),
            Layouts.longs(window.padEnd()),
            builder.attributes()),
        "a transposed convolution of %s with a kernel of %s",
        op.input(),
        window.kernel());
    return desc;
  }
}
