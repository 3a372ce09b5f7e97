package org.conv4j.onednn.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.engine.CompiledOp;
import org.conv4j.onednn.binding.Layouts;
import org.conv4j.onednn.binding.NativeHandle;
import org.conv4j.onednn.binding.Status;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.HeldElements;
import org.conv4j.tensor.internal.Memory;

/**
 * Collects the parts of a {@link PrimitiveOp} and owns them until it is built; closing it frees
 * what was not handed over. Not thread-safe.
 */
public final class PrimitiveBuilder implements AutoCloseable {
  private final String kernel;
  private final List<PostOps.Eltwise> chain;
  private final List<PostOps.PostOp> combinations = new ArrayList<>();
  private final List<NativeHandle<?>> temporaries = new ArrayList<>();
  private final List<PrimitiveOp.Operand> operands = new ArrayList<>();
  private final List<PrimitiveOp.Constant> constants = new ArrayList<>();
  private PrimitiveOp.Operand output;
  private Primitive primitive;
  private boolean built;

  /** Starts an op that applies a chain of functions to its result. */
  public PrimitiveBuilder(String kernel, List<PostOps.Eltwise> chain) {
    this.kernel = kernel;
    this.chain = chain;
  }

  /** Returns attributes with all post-ops that were asked for so far. */
  public dnnl_primitive_attr attributes() {
    List<PostOps.PostOp> all = new ArrayList<>(combinations);
    all.addAll(chain);
    NativeHandle<dnnl_primitive_attr> attributes = PostOps.attributes(all);
    temporaries.add(attributes);
    return attributes.get();
  }

  /** Sets the layout of the first input. */
  public dnnl_memory_desc input(NativeHandle<dnnl_memory_desc> desc) {
    return input(dnnl.DNNL_ARG_SRC, desc, 0);
  }

  /** Sets the layout of the first input's last bytes, which has gaps. */
  public dnnl_memory_desc input(NativeHandle<dnnl_memory_desc> desc, long byteOffset, long bytes) {
    operands.add(new PrimitiveOp.Operand(dnnl.DNNL_ARG_SRC, desc, 0, byteOffset, bytes));
    return desc.get();
  }

  /** Adds an argument that is one of the op's inputs, or what the output held before. */
  public dnnl_memory_desc input(int id, NativeHandle<dnnl_memory_desc> desc, int tensor) {
    operands.add(operand(id, desc, tensor));
    return desc.get();
  }

  public dnnl_memory_desc output(NativeHandle<dnnl_memory_desc> desc) {
    output = operand(dnnl.DNNL_ARG_DST, desc, PrimitiveOp.OUTPUT);
    return desc.get();
  }

  private static PrimitiveOp.Operand operand(
      int id, NativeHandle<dnnl_memory_desc> desc, int tensor) {
    long bytes = dnnl.dnnl_memory_desc_get_size(desc.get());
    return new PrimitiveOp.Operand(id, desc, tensor, 0, bytes);
  }

  /** Combines the result with one of the op's inputs, before the chain of functions. */
  public void combineWithInput(int algorithm, NativeHandle<dnnl_memory_desc> desc, int tensor) {
    int id = PostOps.argument(combinations.size());
    combinations.add(new PostOps.Combination(algorithm, input(id, desc, tensor)));
  }

  /** Combines the result with a copy of a constant, before the chain of functions. */
  void combineWithConstant(int algorithm, NativeHandle<dnnl_memory_desc> desc, Tensor value) {
    int id = PostOps.argument(combinations.size());
    combinations.add(new PostOps.Combination(algorithm, constant(id, desc, value)));
  }

  /** Keeps a descriptor until this builder is closed. */
  public dnnl_memory_desc temporary(NativeHandle<dnnl_memory_desc> desc) {
    temporaries.add(desc);
    return desc.get();
  }

  /** Adds a copy of a bias. */
  public dnnl_memory_desc bias(Tensor bias) {
    return constant(dnnl.DNNL_ARG_BIAS, Layouts.vector(bias.shape().elementCount()), bias);
  }

  /** Adds a copy of a tensor, which has the given layout and keeps it. */
  public dnnl_memory_desc constant(int id, NativeHandle<dnnl_memory_desc> desc, Tensor value) {
    try {
      return constant(id, desc, copy(value));
    } catch (RuntimeException | Error failure) {
      desc.close();
      throw failure;
    }
  }

  /**
   * Copies a constant in Java: to make a primitive for it would take longer than all such copies of
   * a network.
   */
  private static Memory copy(Tensor value) {
    Memory copy = Memory.allocate(value.shape().elementCount() * value.dataType().bytes());
    HeldElements.copy(value, copy);
    return copy;
  }

  /** Adds a block of data, of which it takes ownership. */
  public dnnl_memory_desc constant(int id, NativeHandle<dnnl_memory_desc> desc, Memory data) {
    constants.add(new PrimitiveOp.Constant(id, desc, data));
    return desc.get();
  }

  /** Makes the primitive from its descriptor. */
  public void primitive(dnnl_primitive_desc desc) {
    primitive = new Primitive(desc);
  }

  /** Returns the name of the implementation that a descriptor stands for, and frees it. */
  public String implementation(dnnl_primitive_desc desc) {
    try (NativeHandle<dnnl_primitive_desc> owned =
        NativeHandle.own(desc, dnnl::dnnl_primitive_desc_destroy)) {
      return Primitive.implementation(owned.get());
    }
  }

  /** Adds a copy of the weights in the layout that the primitive wants. */
  public void packedWeights(Tensor weights, dnnl_memory_desc layout) {
    NativeHandle<dnnl_memory_desc> wanted = Layouts.copy(primitive.weightsDesc());
    constant(dnnl.DNNL_ARG_WEIGHTS, wanted, Reorder.pack(weights, layout, wanted.get()));
  }

  /** Hands everything over to the op. */
  public PrimitiveOp build() {
    built = true;
    return new PrimitiveOp(kernel, primitive, output, operands, constants);
  }

  /**
   * Makes the primitive from its descriptor, if that could be made, and hands everything over to
   * the op; nothing where oneDNN has only its reference implementation, slower than plain Java.
   */
  public Optional<CompiledOp> buildIfFast(int status, dnnl_primitive_desc desc, String doing) {
    if (!Status.isPossible(status, doing)) {
      return Optional.empty();
    }
    primitive(desc);
    return primitive.implementation().startsWith("ref") ? Optional.empty() : Optional.of(build());
  }

  @Override
  public void close() {
    temporaries.forEach(NativeHandle::close);
    if (built) {
      return;
    }
    constants.forEach(PrimitiveOp.Constant::close);
    operands.forEach(operand -> operand.desc().close());
    if (output != null) {
      output.desc().close();
    }
    if (primitive != null) {
      primitive.close();
    }
  }
}
