package org.conv4j.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.conv4j.activation.Activation;
import org.conv4j.engine.Compilation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.EngineChain;
import org.conv4j.engine.HeldConstants;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.op.Activated;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Op;
import org.conv4j.op.SimpleOpVisitor;
import org.conv4j.shape.IntTuple;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tuning.Candidate;
import org.conv4j.tuning.Tuner;

/**
 * Runs ops on oneDNN's CPU kernels, and on our own where they are faster. float32; with {@link
 * NativeLibrary} also float64. Rare ops that oneDNN lacks or has no fast kernel for are left to
 * other engines, as are rare functions behind another op; {@link Primitives} says which.
 *
 * <p>With {@link NativeLibrary}, an op runs with the threads that were asked for, but never more
 * than there are processors, and with one where a second does not pay. Without it, the number is
 * OpenMP's: {@code OMP_NUM_THREADS} if that is set when the process starts, else all processors;
 * asking for another, as THROUGHPUT mode asks for one, is an error.
 *
 * <p>Of the ways to run an op, the first in an ordered list that accepts it is taken, or, with
 * {@link org.conv4j.engine.Tuning}, the fastest of all that compute it, with one thread or several.
 *
 * <p>NaN: a rectifier ({@code relu}, {@code relu6} and others that clip) that oneDNN's kernels
 * apply makes a number of it; our kernels and the other engines keep it, as Keras does.
 */
public final class OneDnnEngine implements Engine {
  /** The name that users select it by. */
  public static final String NAME = "onednn";

  private static final String NO_KERNEL = "onednn has no kernel for such a window";

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
          new NativePointwiseConvolution(),
          new NativeWinogradConvolution(),
          new DirectConvolution(),
          new NativeDenseConvolution());

  /** For float64, all are ours. */
  private static final List<ConvolutionKernel> NATIVE_FLOAT64 =
      List.of(
          new NativeDepthwiseConvolution(DataType.FLOAT64),
          new NativeGroupedConvolution(DataType.FLOAT64),
          new NativeImageConvolution(DataType.FLOAT64),
          new NativeDenseConvolution());

  /**
   * Output positions modulo the strides of a transposed convolution. What native kernels take grows
   * with the square: oneDNN takes a second to create a primitive for 2000, and never ends for
   * 86046.
   */
  private static final long MOST_RESIDUES = 1024;

  /** The first that accepts a transposed convolution runs it. */
  private static final List<DeconvolutionKernel> ONE_DNN_TRANSPOSED =
      List.of(new DirectDeconvolution());

  /** The same with the native library. */
  private static final List<DeconvolutionKernel> NATIVE_TRANSPOSED =
      List.of(
          new NativeWinogradDeconvolution(),
          new NativePatchDeconvolution(),
          new DirectDeconvolution(),
          new NativeDenseDeconvolution());

  private static final List<DeconvolutionKernel> NATIVE_FLOAT64_TRANSPOSED =
      List.of(new NativeDenseDeconvolution());

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
  public boolean runsParts() {
    return NativeLibrary.isAvailable();
  }

  @Override
  public Compilation compile(
      Op op, DataType dataType, List<Tensor> constants, CompileOptions options, EngineChain rest) {
    OneDnn.ensureAvailability();
    if (!NativeLibrary.isAvailable()) {
      ThreadCount.requireOpenMpDefault(options);
    }
    try (HeldConstants held = HeldConstants.of(op, dataType, constants)) {
      return op instanceof Activated activated && needsNeighbour(activated, dataType)
          ? compileWithNeighbour(activated, dataType, held.tensors(), options, rest)
          : compileHeld(op, dataType, held.tensors(), options);
    }
  }

  /** Whether an op is more than a function that no kernel here has. */
  private static boolean needsNeighbour(Activated op, DataType dataType) {
    return !PostOps.has(op.activation(), dataType) && !(op instanceof Eltwise);
  }

  private static Compilation compileWithNeighbour(
      Activated op,
      DataType dataType,
      List<Tensor> constants,
      CompileOptions options,
      EngineChain rest) {
    Compilation linear =
        compileHeld(op.withActivation(Activation.LINEAR), dataType, constants, options);
    if (linear.isDeclined()) {
      return linear;
    }
    Eltwise function = new Eltwise(op.output(), op.activation());
    CompileOptions alike =
        NativeLibrary.isAvailable() ? options.withThreads(linear.op().threads()) : options;
    try {
      return Compilation.of(
          Followed.compile(
              linear.op(),
              () -> new Neighbour(rest.compile(function, dataType, List.of(), alike))));
    } catch (UnsupportedByEngineException nobody) {
      return Compilation.declined("onednn has no function " + op.activation());
    }
  }

  private static Compilation compileHeld(
      Op op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    if (options.tuning().enabled()) {
      return compileTuned(op, dataType, constants, options);
    }
    return ThreadedOp.compile(
        ThreadCount.of(op, options), () -> compileUntuned(op, dataType, constants, options));
  }

  private static Compilation compileTuned(
      Op op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    List<Candidate> candidates = candidates(op, dataType, constants, options);
    if (candidates.isEmpty()) {
      return Compilation.declined(NO_KERNEL);
    }
    try {
      return Compilation.of(
          Tuner.of(options.tuning()).fastest(TuningConditions.DESCRIPTION, op, dataType, candidates));
    } catch (UnsupportedByEngineException declined) {
      return Compilation.declined(declined.getMessage());
    }
  }

  /** Every way to run an op, the untuned one first. */
  private static List<Candidate> candidates(
      Op op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    return op.accept(
        new SimpleOpVisitor<>() {
          @Override
          public List<Candidate> visit(Convolution convolution) {
            return candidates(convolution, constants, options, convolutions(dataType));
          }

          @Override
          public List<Candidate> visit(Deconvolution deconvolution) {
            return residues(deconvolution) > MOST_RESIDUES
                ? other(deconvolution)
                : candidates(deconvolution, constants, options, deconvolutions(dataType));
          }

          @Override
          protected List<Candidate> other(Op any) {
            List<Candidate> candidates = new ArrayList<>();
            for (int threads : ThreadCount.worthTrying(any, options)) {
              candidates.add(
                  ThreadedOp.candidate(
                      "plain", threads, () -> compileUntuned(any, dataType, constants, options)));
            }
            return candidates;
          }
        });
  }

  private static <O extends Op> List<Candidate> candidates(
      O op,
      List<Tensor> constants,
      CompileOptions options,
      List<? extends KernelCandidate<O>> kernels) {
    List<Candidate> expected = new ArrayList<>();
    List<Candidate> others = new ArrayList<>();
    for (KernelCandidate<O> kernel : kernels) {
      if (kernel.computes(op) && allows(options, kernel)) {
        for (int threads : ThreadCount.worthTrying(op, options)) {
          (kernel.accepts(op) ? expected : others)
              .add(
                  ThreadedOp.candidate(
                      kernel.name(), threads, () -> Compilation.of(kernel.compile(op, constants))));
        }
      }
    }
    expected.addAll(others);
    return expected;
  }

  private static Compilation compileUntuned(
      Op op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    return dataType == DataType.FLOAT64
        ? op.accept(new Float64Ops(constants, options))
        : op.accept(new Primitives(constants, options));
  }

  /** The first kernel that accepts a convolution runs it. */
  static Compilation first(
      Convolution op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    return first(op, constants, options, convolutions(dataType));
  }

  /** The first kernel that accepts a transposed convolution runs it. */
  static Compilation first(
      Deconvolution op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    return residues(op) > MOST_RESIDUES
        ? Compilation.declined(NO_KERNEL)
        : first(op, constants, options, deconvolutions(dataType));
  }

  private static List<ConvolutionKernel> convolutions(DataType dataType) {
    if (!NativeLibrary.isAvailable()) {
      return ONE_DNN;
    }
    return dataType == DataType.FLOAT64 ? NATIVE_FLOAT64 : NATIVE;
  }

  private static List<DeconvolutionKernel> deconvolutions(DataType dataType) {
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

  private static <O extends Op> Compilation first(
      O op,
      List<Tensor> constants,
      CompileOptions options,
      List<? extends KernelCandidate<O>> kernels) {
    for (KernelCandidate<O> kernel : kernels) {
      if (allows(options, kernel) && kernel.accepts(op)) {
        return Compilation.of(kernel.compile(op, constants));
      }
    }
    return Compilation.declined(NO_KERNEL);
  }

  private static boolean allows(CompileOptions options, KernelCandidate<?> kernel) {
    return kernel.isExact() || !options.exact();
  }
}
