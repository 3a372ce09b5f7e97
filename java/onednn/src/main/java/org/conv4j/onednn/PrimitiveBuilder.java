package org.conv4j.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.tensor.Tensor;

/**
 * Collects the parts of a {@link PrimitiveOp} and owns them until it is built; closing it frees
 * what was not handed over. Not thread-safe.
 */
final class PrimitiveBuilder implements AutoCloseable {
  private final String kernel;
  private final NativeHandle<dnnl_primitive_attr> attributes;
  private final List<NativeHandle<dnnl_memory_desc>> temporaries = new ArrayList<>();
  private final List<PrimitiveOp.Constant> constants = new ArrayList<>();
  private NativeHandle<dnnl_memory_desc> input;
  private NativeHandle<dnnl_memory_desc> output;
  private Primitive primitive;
  private boolean built;

  /** Starts an op that applies a chain of functions to its result. */
  PrimitiveBuilder(String kernel, List<PostOps.Eltwise> chain) {
    this.kernel = kernel;
    this.attributes = PostOps.attributes(chain);
  }

  dnnl_primitive_attr attributes() {
    return attributes.get();
  }

  dnnl_memory_desc input(NativeHandle<dnnl_memory_desc> desc) {
    input = desc;
    return desc.get();
  }

  dnnl_memory_desc output(NativeHandle<dnnl_memory_desc> desc) {
    output = desc;
    return desc.get();
  }

  /** Keeps a descriptor until this builder is closed. */
  dnnl_memory_desc temporary(NativeHandle<dnnl_memory_desc> desc) {
    temporaries.add(desc);
    return desc.get();
  }

  /** Adds a copy of a bias. */
  dnnl_memory_desc bias(Tensor bias) {
    NativeHandle<dnnl_memory_desc> desc = Layouts.vector(bias.shape().elementCount());
    constants.add(
        new PrimitiveOp.Constant(
            dnnl.DNNL_ARG_BIAS, desc, Reorder.pack(bias, desc.get(), desc.get())));
    return desc.get();
  }

  /** Makes the primitive from its descriptor. */
  void primitive(dnnl_primitive_desc desc) {
    primitive = new Primitive(desc);
  }

  /** Adds a copy of the weights in the layout that the primitive wants. */
  void packedWeights(Tensor weights, dnnl_memory_desc layout) {
    NativeHandle<dnnl_memory_desc> wanted = Layouts.copy(primitive.weightsDesc());
    constants.add(
        new PrimitiveOp.Constant(
            dnnl.DNNL_ARG_WEIGHTS, wanted, Reorder.pack(weights, layout, wanted.get())));
  }

  /** Hands everything over to the op. */
  PrimitiveOp build() {
    built = true;
    return new PrimitiveOp(kernel, primitive, input, output, constants);
  }

  @Override
  public void close() {
    attributes.close();
    temporaries.forEach(NativeHandle::close);
    if (built) {
      return;
    }
    constants.forEach(PrimitiveOp.Constant::close);
    if (input != null) {
      input.close();
    }
    if (output != null) {
      output.close();
    }
    if (primitive != null) {
      primitive.close();
    }
  }
}
