package org.conv4j.onednn;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.engine.Compilation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.machine.Machine;
import org.conv4j.onednn.binding.NativeKernel;
import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.onednn.choice.KernelCandidate;
import org.conv4j.onednn.choice.Kernels;
import org.conv4j.onednn.choice.ThreadCount;
import org.conv4j.onednn.choice.ThreadedOp;
import org.conv4j.onednn.kernel.NativeDenseConvolution;
import org.conv4j.onednn.kernel.NativeDenseDeconvolution;
import org.conv4j.onednn.kernel.NativeDepthwiseConvolution;
import org.conv4j.onednn.kernel.NativeGroupedConvolution;
import org.conv4j.onednn.kernel.NativeImageConvolution;
import org.conv4j.onednn.kernel.NativePatchDeconvolution;
import org.conv4j.onednn.kernel.NativePointwiseConvolution;
import org.conv4j.onednn.kernel.NativeStemConvolution;
import org.conv4j.onednn.kernel.NativeWinogradConvolution;
import org.conv4j.onednn.kernel.NativeWinogradDeconvolution;
import org.conv4j.onednn.primitive.convolution.DepthwiseRowConvolution;
import org.conv4j.onednn.primitive.convolution.DilatedDepthwiseConvolution;
import org.conv4j.onednn.primitive.convolution.DirectConvolution;
import org.conv4j.onednn.primitive.convolution.DirectDeconvolution;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Op;
import org.conv4j.shape.IntTuple;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tuning.Candidate;

/** All ways to run convolutions, oneDNN's and ours: a new one is one more line here. */
final class ConvolutionKernels {
  /** Why an op is left to another engine. */
  static final String NONE = "onednn has no kernel for such a window";

  private static final Kernels<Convolution> ONE_DNN =
      new Kernels<>(
          List.of(
              new DepthwiseRowConvolution(),
              new DilatedDepthwiseConvolution(),
              new DirectConvolution()));

  /** The same with the native library. */
  private static final Kernels<Convolution> NATIVE =
      new Kernels<>(
          List.of(
              new DepthwiseRowConvolution(),
              new DilatedDepthwiseConvolution(),
              new NativeDepthwiseConvolution(DataType.FLOAT32),
              new NativeGroupedConvolution(DataType.FLOAT32),
              new NativeImageConvolution(DataType.FLOAT32),
              new NativeStemConvolution(),
              new NativePointwiseConvolution(),
              new NativeWinogradConvolution(),
              new DirectConvolution(),
              new NativeDenseConvolution(DataType.FLOAT32)));

  /** For float64, all are ours. */
  private static final Kernels<Convolution> NATIVE_FLOAT64 =
      new Kernels<>(
          List.of(
              new NativeDepthwiseConvolution(DataType.FLOAT64),
              new NativeGroupedConvolution(DataType.FLOAT64),
              new NativeImageConvolution(DataType.FLOAT64),
              new NativeDenseConvolution(DataType.FLOAT64)));

  private static final Kernels<Deconvolution> ONE_DNN_TRANSPOSED =
      new Kernels<>(List.of(new DirectDeconvolution()));

  private static final Kernels<Deconvolution> NATIVE_TRANSPOSED =
      new Kernels<>(
          List.of(
              new NativeWinogradDeconvolution(),
              new NativePatchDeconvolution(),
              new DirectDeconvolution(),
              new NativeDenseDeconvolution(DataType.FLOAT32)));

  private static final Kernels<Deconvolution> NATIVE_FLOAT64_TRANSPOSED =
      new Kernels<>(List.of(new NativeDenseDeconvolution(DataType.FLOAT64)));

  private static final Kernels<Deconvolution> NO_KERNELS = new Kernels<>(List.of());

  /**
   * Output positions modulo the strides of a transposed convolution. What native kernels take grows
   * with the square: oneDNN takes a second to create a primitive for 2000, and never ends for
   * 86046.
   */
  private static final long MOST_RESIDUES = 1024;

  private ConvolutionKernels() {}

  /** Compiles a convolution in the way with the least cost. */
  static Compilation compile(
      Convolution op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    return compile(op, constants, options, of(dataType));
  }

  /** Compiles a transposed convolution in the way with the least cost. */
  static Compilation compile(
      Deconvolution op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    return compile(op, constants, options, of(op, dataType));
  }

  /** Returns all ways to run a convolution, that with the least cost first. */
  static List<Candidate> candidates(
      Convolution op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    return candidates(op, constants, options, of(dataType));
  }

  /** Returns all ways to run a transposed convolution, possibly none. */
  static List<Candidate> candidates(
      Deconvolution op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    return candidates(op, constants, options, of(op, dataType));
  }

  /** Returns the ways for convolutions. */
  static Kernels<Convolution> of(DataType dataType) {
    if (!NativeLibrary.isAvailable()) {
      return ONE_DNN;
    }
    return dataType == DataType.FLOAT64 ? NATIVE_FLOAT64 : NATIVE;
  }

  /** Returns the ways for a transposed convolution. */
  static Kernels<Deconvolution> of(Deconvolution op, DataType dataType) {
    if (residues(op) > MOST_RESIDUES) {
      return NO_KERNELS;
    }
    if (!NativeLibrary.isAvailable()) {
      return ONE_DNN_TRANSPOSED;
    }
    return dataType == DataType.FLOAT64 ? NATIVE_FLOAT64_TRANSPOSED : NATIVE_TRANSPOSED;
  }

  private static long residues(Deconvolution op) {
    IntTuple strides = op.window().strides();
    double residues = 1;
    for (int axis = 0; axis < strides.size(); axis++) {
      residues *= strides.get(axis);
    }
    return (long) residues;
  }

  private static <O extends Op> Compilation compile(
      O op, List<Tensor> constants, CompileOptions options, Kernels<O> kernels) {
    return kernels
        .cheapest(op, options.exact(), machine(), ThreadCount.of(op, options))
        .map(kernel -> Compilation.of(kernel.compile(op, constants)))
        .orElseGet(() -> Compilation.declined(NONE));
  }

  private static <O extends Op> List<Candidate> candidates(
      O op, List<Tensor> constants, CompileOptions options, Kernels<O> kernels) {
    List<Candidate> candidates = new ArrayList<>();
    int most = ThreadCount.of(op, options);
    for (KernelCandidate<O> kernel : kernels.byCost(op, options.exact(), machine(), most)) {
      for (int threads : ThreadCount.worthTrying(op, options)) {
        candidates.add(
            ThreadedOp.candidate(
                kernel.name(), threads, () -> Compilation.of(kernel.compile(op, constants))));
      }
    }
    return candidates;
  }

  private static Machine machine() {
    return NativeLibrary.isAvailable() ? NativeKernel.machine() : Machine.host();
  }
}
