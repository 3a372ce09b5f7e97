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
import org.conv4j.op.Convolution;
import org.conv4j.shape.Window;
import org.conv4j.tensor.Tensor;

/** A convolution as one convolution primitive: channels-last activations, weights as it likes. */
public final class DirectConvolution implements KernelCandidate<Convolution> {
  private static final String NAME = "direct";

  @Override
  public OptionalDouble cost(Convolution op, Machine machine, int threads) {
    return Bounds.takes(op) && Layouts.canPad(op.window())
        ? OptionalDouble.of(1)
        : OptionalDouble.empty();
  }

  @Override
  public CompiledOp compile(Convolution op, List<Tensor> constants) {
    return compile(NAME, op, constants);
  }

  /** Compiles an op on behalf of a kernel that has put it into another form. */
  static CompiledOp compile(String name, Convolution op, List<Tensor> constants) {
    try (PrimitiveBuilder builder = new PrimitiveBuilder(name, PostOps.required(op.activation()))) {
      dnnl_memory_desc input = builder.input(Layouts.activations(op.input()));
      dnnl_memory_desc output = builder.output(Layouts.activations(op.output()));
      dnnl_memory_desc kernel = builder.temporary(Layouts.kernel(op));
      dnnl_memory_desc any = builder.temporary(Layouts.anyKernel(op));
      dnnl_memory_desc bias = op.bias() ? builder.bias(constants.get(1)) : null;
      if (op.residual()) {
        builder.combineWithInput(dnnl.dnnl_binary_add, Layouts.activations(op.output()), 1);
      }
      Window window = op.window();
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      Status.check(
          dnnl.dnnl_convolution_forward_primitive_desc_create(
              desc,
              OneDnn.engine(),
              dnnl.dnnl_forward_inference,
              dnnl.dnnl_convolution_direct,
              input,
              any,
              bias,
              output,
              Layouts.longs(window.strides()),
              Layouts.zeroBased(window.dilation()),
              Layouts.longs(window.padBegin()),
              Layouts.longs(window.padEnd()),
              builder.attributes()),
          "a convolution of %s with a kernel of %s",
          op.input(),
          window.kernel());
      KnownIssues.skipWrongImplementations(op, desc);
      builder.primitive(desc);
      builder.packedWeights(constants.get(0), kernel);
      return builder.build();
    }
  }
}
