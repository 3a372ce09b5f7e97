package org.conv4j.onednn;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.Engine;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Op;
import org.conv4j.op.Permute;
import org.conv4j.op.Softmax;
import org.conv4j.portable.JavaEngine;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * Runs ops on oneDNN's CPU kernels, and on our own where they are faster. float32; with {@link
 * NativeLibrary} also float64.
 *
 * <p>With {@link NativeLibrary}, an op runs with the threads that were asked for, but never more
 * than there are processors, and with one where a second does not pay. Without it, the number is
 * OpenMP's: {@code OMP_NUM_THREADS} if that is set when the process starts, else all processors;
 * asking for another is an error.
 */
public final class OneDnnEngine implements Engine {
  /** The name that users select it by. */
  public static final String NAME = "onednn";

  /** The first that accepts a convolution runs it. */
  private static final List<ConvolutionKernel> ONE_DNN =
      List.of(
          new DepthwiseRowConvolution(),
          new DilatedDepthwiseConvolution(),
          new DirectConvolution());

  /** The same with the native library: ours first where they are faster. */
  private static final List<ConvolutionKernel> NATIVE =
      List.of(
          new DepthwiseRowConvolution(),
          new DilatedDepthwiseConvolution(),
          new NativeDepthwiseConvolution(DataType.FLOAT32),
          new NativeGroupedConvolution(DataType.FLOAT32),
          new NativeImageConvolution(DataType.FLOAT32),
          new NativeStemConvolution(),
          new NativeWinogradConvolution(),
          new DirectConvolution());

  /** The first that accepts a transposed convolution runs it. */
  private static final List<DeconvolutionKernel> ONE_DNN_TRANSPOSED =
      List.of(new DirectDeconvolution());

  /** The same with the native library. */
  private static final List<DeconvolutionKernel> NATIVE_TRANSPOSED =
      List.of(new NativeWinogradDeconvolution(), new DirectDeconvolution());

  /** For float64, all are ours. */
  private static final List<ConvolutionKernel> NATIVE_FLOAT64 =
      List.of(
          new NativeDepthwiseConvolution(DataType.FLOAT64),
          new NativeGroupedConvolution(DataType.FLOAT64),
          new NativeImageConvolution(DataType.FLOAT64),
          new NativeDenseConvolution());

  /** Creates the engine; {@link org.conv4j.engine.Engines} does so. */
  public OneDnnEngine() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int priority() {
    return 100;
  }

  @Override
  public Optional<Throwable> unavailabilityCause() {
    return Optional.ofNullable(OneDnn.unavailabilityCause());
  }

  @Override
  public Set<DataType> dataTypes() {
    return NativeLibrary.isAvailable()
        ? Set.of(DataType.FLOAT32, DataType.FLOAT64)
        : Set.of(DataType.FLOAT32);
  }

  @Override
  public CompiledOp compile(
      Op op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    OneDnn.ensureAvailability();
    if (!NativeLibrary.isAvailable()) {
      ThreadCount.requireOpenMpDefault(options);
      return compile(op, constants, options, ONE_DNN);
    }
    int threads = ThreadCount.of(op, options);
    return new ThreadedOp(
        NativeThreads.with(
            threads,
            () ->
                dataType == DataType.FLOAT64
                    ? compileFloat64(op, constants, options)
                    : compile(op, constants, options, NATIVE)),
        threads);
  }

  private static CompiledOp compile(
      Op op, List<Tensor> constants, CompileOptions options, List<ConvolutionKernel> kernels) {
    if (op instanceof Convolution convolution) {
      return compileFirst(convolution, constants, options, kernels);
    }
    if (op instanceof Deconvolution deconvolution) {
      return compileFirst(
          deconvolution,
          constants,
          options,
          NativeLibrary.isAvailable() ? NATIVE_TRANSPOSED : ONE_DNN_TRANSPOSED);
    }
    if (op instanceof Softmax softmax) {
      return SoftmaxPrimitive.compile(softmax);
    }
    if (op instanceof Permute permute) {
      return PermutePrimitive.compile(permute);
    }
    throw new AssertionError(op);
  }

  /** The ops between convolutions are few and cheap: in float64, plain Java runs them. */
  private static CompiledOp compileFloat64(Op op, List<Tensor> constants, CompileOptions options) {
    if (op instanceof Convolution convolution) {
      return compileFirst(convolution, constants, options, NATIVE_FLOAT64);
    }
    if (op instanceof Deconvolution deconvolution) {
      return NativeOp.compile(NativeKernel.DENSE, deconvolution, constants);
    }
    return new JavaEngine().compile(op, DataType.FLOAT64, constants, options);
  }

  private static <O extends Op> CompiledOp compileFirst(
      O op,
      List<Tensor> constants,
      CompileOptions options,
      List<? extends KernelCandidate<O>> kernels) {
    for (KernelCandidate<O> kernel : kernels) {
      if ((kernel.isExact() || !options.exact()) && kernel.accepts(op)) {
        return kernel.compile(op, constants);
      }
    }
    throw new AssertionError(op);
  }
}
