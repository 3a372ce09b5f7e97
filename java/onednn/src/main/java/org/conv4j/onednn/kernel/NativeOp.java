package org.conv4j.onednn.kernel;

import java.lang.ref.Reference;
import java.util.List;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.Scratchpad;
import org.conv4j.onednn.binding.Address;
import org.conv4j.onednn.binding.NativeKernel;
import org.conv4j.onednn.binding.NativeProblem;
import org.conv4j.onednn.binding.NativeThreads;
import org.conv4j.onednn.primitive.Followed;
import org.conv4j.onednn.primitive.PostOps;
import org.conv4j.onednn.primitive.operation.EltwisePrimitive;
import org.conv4j.op.Activated;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Op;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.Memory;

/** A compiled op on a kernel of our own. Owner of its description and packed weights. */
final class NativeOp implements CompiledOp {
  private final String name;
  private final NativeKernel kernel;
  private final NativeProblem problem;
  private final Memory packed;
  private final long packedAddress;
  private final long scratchpadBytes;
  private final long inputBytes;
  private final long outputBytes;
  private final boolean residual;

  private NativeOp(
      NativeKernel kernel, Op op, NativeProblem problem, List<Tensor> constants, boolean biased) {
    DataType dataType = constants.get(0).dataType();
    kernel.plan(problem);
    this.name = "native-" + kernel.name();
    this.kernel = kernel;
    this.problem = problem;
    this.packed = Memory.allocate(kernel.packedBytes(problem));
    this.packedAddress = Address.of(packed).address();
    this.scratchpadBytes = kernel.scratchBytes(problem);
    this.inputBytes = op.input().elementCount() * dataType.bytes();
    this.outputBytes = op.output().elementCount() * dataType.bytes();
    this.residual = op.inputs().size() > 1;
    long bias = biased ? Address.of(constants.get(1)) : 0;
    kernel.pack(problem, Address.of(constants.get(0)), bias, packedAddress);
    Reference.reachabilityFence(constants);
  }

  /** Tells whether a kernel computes an op at all. */
  static boolean supports(String kernel, DataType dataType, Convolution op) {
    try (NativeProblem problem = NativeProblem.of(op, 1)) {
      return NativeKernel.of(kernel, dataType).supports(problem);
    }
  }

  /** Tells whether a kernel computes an op at all. */
  static boolean supports(String kernel, DataType dataType, Deconvolution op) {
    try (NativeProblem problem = NativeProblem.of(op, 1)) {
      return NativeKernel.of(kernel, dataType).supports(problem);
    }
  }

  /**
   * Tells how many times as much the definition multiplies as a kernel, which counts what else it
   * spends as multiplications; 0 for ops that it does not compute.
   */
  static double gain(String kernel, DataType dataType, NativeProblem problem) {
    NativeKernel found = NativeKernel.of(kernel, dataType);
    if (!found.supports(problem)) {
      return 0;
    }
    found.plan(problem);
    return found.gain(problem);
  }

  /** Compiles a convolution for as many threads as the calling thread has. */
  static CompiledOp compile(String kernel, Convolution op, List<Tensor> constants) {
    NativeProblem problem = NativeProblem.of(op, NativeThreads.get());
    DataType dataType = constants.get(0).dataType();
    return activated(op, dataType, linear(kernel, op, problem, constants, op.bias()));
  }

  /** Compiles a transposed convolution for as many threads as the calling thread has. */
  static CompiledOp compile(String kernel, Deconvolution op, List<Tensor> constants) {
    NativeProblem problem = NativeProblem.of(op, NativeThreads.get());
    DataType dataType = constants.get(0).dataType();
    return activated(op, dataType, linear(kernel, op, problem, constants, op.bias()));
  }

  private static NativeOp linear(
      String kernel, Op op, NativeProblem problem, List<Tensor> constants, boolean biased) {
    try {
      NativeKernel found = NativeKernel.of(kernel, constants.get(0).dataType());
      return new NativeOp(found, op, problem, constants, biased);
    } catch (RuntimeException | Error failure) {
      problem.close();
      throw failure;
    }
  }

  /** Adds what the kernels do not apply; of float64 there is nothing such. */
  private static CompiledOp activated(Activated op, DataType dataType, NativeOp linear) {
    return NativeProblem.applies(op.activation(), dataType)
        ? linear
        : Followed.compile(
            linear, () -> EltwisePrimitive.inPlace(op.output(), PostOps.required(op.activation())));
  }

  @Override
  public String kernel() {
    return name;
  }

  @Override
  public String implementation() {
    return NativeKernel.instructions();
  }

  @Override
  public long scratchpadBytes() {
    return scratchpadBytes;
  }

  @Override
  public OpRunner newRunner(Scratchpad scratchpad) {
    long scratch = Address.of(scratchpad, scratchpadBytes).address();
    int number = kernel.number();
    int type = kernel.type();
    long problemAddress = problem.address();
    return new OpRunner() {
      @Override
      public void run(Tensor[] inputs, Tensor output) {
        long from = Address.of(inputs[0], inputBytes);
        long to = Address.of(output, outputBytes);
        Address.requireDisjoint(from, inputBytes, to, outputBytes);
        long added = 0;
        if (residual) {
          added = Address.of(inputs[1], outputBytes);
          Address.requireDisjoint(added, outputBytes, to, outputBytes);
        }
        NativeKernel.run(number, type, problemAddress, from, added, packedAddress, to, scratch);
        Reference.reachabilityFence(scratchpad);
        Reference.reachabilityFence(NativeOp.this);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {
    problem.close();
    packed.close();
  }
}
