package org.conv4j.onednn;

import java.lang.ref.Reference;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.SingleInputRunner;
import org.conv4j.tensor.Memory;
import org.conv4j.tensor.Tensor;

/** An op that is one primitive. Owner of the primitive, of its descriptors and of its weights. */
final class PrimitiveOp implements CompiledOp {
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
  private final NativeHandle<dnnl_memory_desc> input;
  private final NativeHandle<dnnl_memory_desc> output;
  private final List<Constant> constants;

  /** Takes ownership of everything it is given. */
  PrimitiveOp(
      String kernel,
      Primitive primitive,
      NativeHandle<dnnl_memory_desc> input,
      NativeHandle<dnnl_memory_desc> output,
      List<Constant> constants) {
    this.kernel = kernel;
    this.primitive = primitive;
    this.input = input;
    this.output = output;
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

  @Override
  public long scratchpadBytes() {
    return primitive.scratchpadBytes();
  }

  @Override
  public OpRunner newRunner(Memory scratchpad) {
    return new Runner(scratchpad);
  }

  @Override
  public void close() {
    primitive.close();
    input.close();
    output.close();
    constants.forEach(Constant::close);
  }

  private final class Runner implements SingleInputRunner {
    private final Execution execution = new Execution(primitive);
    private final Execution.Argument in = execution.argument(dnnl.DNNL_ARG_SRC, input.get());
    private final Execution.Argument out = execution.argument(dnnl.DNNL_ARG_DST, output.get());
    private final long inputBytes = dnnl.dnnl_memory_desc_get_size(input.get());
    private final long outputBytes = dnnl.dnnl_memory_desc_get_size(output.get());
    private final Memory scratchpad;

    private Runner(Memory scratchpad) {
      this.scratchpad = scratchpad;
      for (Constant constant : constants) {
        execution.argument(constant.id(), constant.desc().get()).set(constant.data());
      }
      execution.argument(dnnl.DNNL_ARG_SCRATCHPAD, primitive.scratchpadDesc()).set(scratchpad);
    }

    @Override
    public void run(Tensor input, Tensor output) {
      long from = Address.of(input);
      long to = Address.of(output);
      Address.requireDisjoint(from, inputBytes, to, outputBytes);
      in.set(from);
      out.set(to);
      execution.run();
      Reference.reachabilityFence(scratchpad);
    }

    @Override
    public void close() {
      execution.close();
    }
  }
}
