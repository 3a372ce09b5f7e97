package org.conv4j.onednn.primitive;

import java.lang.ref.Reference;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.Scratchpad;
import org.conv4j.onednn.binding.Address;
import org.conv4j.onednn.binding.NativeHandle;
import org.conv4j.onednn.choice.ThreadCount;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.Memory;

/** An op that is one primitive. Owner of the primitive, of its descriptors and of its weights. */
public final class PrimitiveOp implements CompiledOp {
  /** The tensor number of an {@link Operand} that reads what the output held before. */
  public static final int OUTPUT = -1;

  /**
   * An argument that each run is given.
   *
   * @param id oneDNN's {@code DNNL_ARG_*}
   * @param desc its layout
   * @param tensor which of the op's inputs it is, or {@link #OUTPUT}
   * @param byteOffset where in the tensor it begins
   * @param bytes how far it may reach from there; the size of a layout with gaps may be more
   */
  record Operand(
      int id, NativeHandle<dnnl_memory_desc> desc, int tensor, long byteOffset, long bytes) {}

  /**
   * A constant argument.
   *
   * @param id oneDNN's {@code DNNL_ARG_*}
   * @param desc its layout
   * @param data its data
   */
  record Constant(int id, NativeHandle<dnnl_memory_desc> desc, Memory data) {
    void close() {
      desc.close();
      data.close();
    }
  }

  private final String kernel;
  private final Primitive primitive;
  private final Operand output;
  private final List<Operand> operands;
  private final List<Constant> constants;

  /** Takes ownership of everything it is given. */
  PrimitiveOp(
      String kernel,
      Primitive primitive,
      Operand output,
      List<Operand> operands,
      List<Constant> constants) {
    this.kernel = kernel;
    this.primitive = primitive;
    this.output = output;
    this.operands = List.copyOf(operands);
    this.constants = List.copyOf(constants);
  }

  @Override
  public String kernel() {
    return kernel;
  }

  @Override
  public String implementation() {
    return primitive.implementation();
  }

  /**
   * Without the native library, OpenMP decides; with it, {@link
   * org.conv4j.onednn.choice.ThreadedOp} has the number.
   */
  @Override
  public int threads() {
    return ThreadCount.openMpDefault(System.getenv("OMP_NUM_THREADS"));
  }

  @Override
  public long scratchpadBytes() {
    return primitive.scratchpadBytes();
  }

  @Override
  public OpRunner newRunner(Scratchpad scratchpad) {
    return new Runner(scratchpad);
  }

  @Override
  public void close() {
    primitive.close();
    output.desc().close();
    operands.forEach(operand -> operand.desc().close());
    constants.forEach(Constant::close);
  }

  private final class Runner implements OpRunner {
    private final Execution execution =
        new Execution(primitive, operands.size() + constants.size() + 2);
    private final Bound[] in = bindInputs();
    private final Bound out = bind(output);
    private final Scratchpad scratchpad;

    private Runner(Scratchpad scratchpad) {
      this.scratchpad = scratchpad;
      for (Constant constant : constants) {
        execution.argument(constant.id(), constant.desc().get()).set(constant.data());
      }
      execution
          .argument(dnnl.DNNL_ARG_SCRATCHPAD, primitive.scratchpadDesc())
          .set(Address.of(scratchpad, scratchpadBytes()).address());
    }

    private Bound[] bindInputs() {
      Bound[] bound = new Bound[operands.size()];
      for (int i = 0; i < bound.length; i++) {
        bound[i] = bind(operands.get(i));
      }
      return bound;
    }

    private Bound bind(Operand operand) {
      return new Bound(
          execution.argument(operand.id(), operand.desc().get()),
          operand.tensor(),
          operand.byteOffset(),
          operand.bytes());
    }

    @Override
    public void run(Tensor[] inputs, Tensor output) {
      long to = Address.of(output, out.byteOffset() + out.bytes()) + out.byteOffset();
      for (Bound operand : in) {
        if (operand.tensor() == OUTPUT) {
          operand.argument().set(to);
        } else {
          long reach = operand.byteOffset() + operand.bytes();
          long from = Address.of(inputs[operand.tensor()], reach) + operand.byteOffset();
          Address.requireDisjoint(from, operand.bytes(), to, out.bytes());
          operand.argument().set(from);
        }
      }
      out.argument().set(to);
      execution.run();
      Reference.reachabilityFence(scratchpad);
    }

    @Override
    public void close() {
      execution.close();
    }
  }

  /** An operand of one session. */
  private record Bound(Execution.Argument argument, int tensor, long byteOffset, long bytes) {}
}
