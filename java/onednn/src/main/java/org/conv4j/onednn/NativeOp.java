package org.conv4j.onednn;

import java.lang.ref.Reference;
import java.util.List;
import java.util.Locale;
import org.conv4j.activation.Elementwise;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Op;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.Memory;

/** A compiled op on a kernel of our own. Owner of its description and packed weights. */
final class NativeOp implements CompiledOp {
  private final String name;
  private final int kernel;
  private final boolean wide;
  private final Memory problem;
  private final Memory packed;
  private final long problemAddress;
  private final long packedAddress;
  private final long scratchpadBytes;
  private final long inputBytes;
  private final long outputBytes;
  private final boolean residual;

  private NativeOp(
      NativeKernel kernel, Op op, Memory problem, List<Tensor> constants, boolean biased) {
    DataType dataType = constants.get(0).dataType();
    this.name = "native-" + kernel.name().toLowerCase(Locale.ROOT);
    this.kernel = kernel.ordinal();
    this.wide = dataType == DataType.FLOAT64;
    this.problem = problem;
    this.problemAddress = Address.of(problem).address();
    this.packed = Memory.allocate(NativeKernel.packedBytes(this.kernel, wide, problemAddress));
    this.packedAddress = Address.of(packed).address();
    this.scratchpadBytes = NativeKernel.scratchBytes(this.kernel, wide, problemAddress);
    this.inputBytes = op.input().elementCount() * dataType.bytes();
    this.outputBytes = op.output().elementCount() * dataType.bytes();
    this.residual = op.inputs().size() > 1;
    long bias = biased ? Address.of(constants.get(1)) : 0;
    NativeKernel.pack(
        this.kernel, wide, problemAddress, Address.of(constants.get(0)), bias, packedAddress);
    Reference.reachabilityFence(constants);
  }

  /** Compiles a convolution for as many threads as the calling thread has. */
  static CompiledOp compile(NativeKernel kernel, Convolution op, List<Tensor> constants) {
    Memory problem = NativeProblem.of(op, NativeThreads.get());
    return activated(
        op, op.activation(), new NativeOp(kernel, op, problem, constants, op.bias()), constants);
  }

  /** Compiles a transposed convolution for as many threads as the calling thread has. */
  static CompiledOp compile(NativeKernel kernel, Deconvolution op, List<Tensor> constants) {
    Memory problem = NativeProblem.of(op, NativeThreads.get());
    return activated(
        op, op.activation(), new NativeOp(kernel, op, problem, constants, op.bias()), constants);
  }

  private static CompiledOp activated(
      Op op, Elementwise activation, NativeOp linear, List<Tensor> constants) {
    return NativeProblem.applies(activation)
        ? linear
        : Activator.add(linear, op.output(), constants.get(0).dataType(), activation);
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
  public OpRunner newRunner(Memory scratchpad) {
    scratchpad.requireBytes(scratchpadBytes);
    long scratch = Address.of(scratchpad).address();
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
        NativeKernel.run(kernel, wide, problemAddress, from, added, packedAddress, to, scratch);
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
