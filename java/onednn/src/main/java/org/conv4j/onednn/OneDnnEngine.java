package org.conv4j.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.conv4j.activation.Activation;
import org.conv4j.engine.Compilation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.EngineChain;
import org.conv4j.engine.HeldConstants;
import org.conv4j.engine.OpTypes;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.frames.CompiledFrames;
import org.conv4j.frames.FrameProgram;
import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.onednn.binding.OneDnn;
import org.conv4j.onednn.choice.ThreadCount;
import org.conv4j.onednn.choice.ThreadedOp;
import org.conv4j.onednn.choice.TuningConditions;
import org.conv4j.onednn.frames.FrameNetwork;
import org.conv4j.onednn.primitive.Followed;
import org.conv4j.onednn.primitive.PostOps;
import org.conv4j.op.Activated;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Eltwise;
import org.conv4j.op.Op;
import org.conv4j.op.SimpleOpVisitor;
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
 * <p>Of the ways to run an op, the one with the least estimated cost is taken, or, with {@link
 * org.conv4j.engine.Tuning}, the fastest of all, with one thread or several.
 *
 * <p>NaN: a rectifier ({@code relu}, {@code relu6} and others that clip) that oneDNN's kernels
 * apply makes a number of it; our kernels and the other engines keep it, as Keras does.
 */
public final class OneDnnEngine implements Engine {
  /** The name that users select it by. */
  public static final String NAME = "onednn";

  private static final AtomicBoolean TOLD = new AtomicBoolean();

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
  public Optional<Throwable> limitationCause() {
    return OneDnn.isAvailable()
        ? Optional.ofNullable(NativeLibrary.unavailabilityCause())
        : Optional.empty();
  }

  @Override
  public Map<String, String> details() {
    return OneDnn.isAvailable() ? Installation.details() : Map.of();
  }

  @Override
  public void release() {
    if (OneDnn.isAvailable()) {
      OneDnn.release();
    }
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
      Op op, OpTypes types, List<Tensor> constants, CompileOptions options, EngineChain rest) {
    OneDnn.ensureAvailability();
    if (!NativeLibrary.isAvailable()) {
      tellOfLimitation();
      ThreadCount.requireOpenMpDefault(options);
    }
    try (HeldConstants held = HeldConstants.of(op, types, constants)) {
      Optional<String> reason = types.unknownOrMixed(dataTypes());
      if (reason.isPresent()) {
        return Compilation.declined(reason.get());
      }
      DataType dataType = types.output().dataType();
      return op instanceof Activated activated && needsNeighbour(activated, dataType)
          ? compileWithNeighbour(activated, dataType, held.tensors(), options, rest)
          : compileHeld(op, dataType, held.tensors(), options);
    }
  }

  @Override
  public Optional<CompiledFrames> compileFrames(FrameProgram program) {
    return NativeLibrary.isAvailable() ? FrameNetwork.of(program) : Optional.empty();
  }

  /** Says once in a process what its plans lack, unless it was asked for. */
  private static void tellOfLimitation() {
    if (!Boolean.getBoolean(NativeLibrary.DISABLED) && TOLD.compareAndSet(false, true)) {
      System.getLogger(OneDnnEngine.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "The engine 'onednn' runs without conv4j's own kernels, float64 and a choice of"
                  + " threads: "
                  + NativeLibrary.unavailabilityCause().getMessage());
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
              () ->
                  new Neighbour(
                      rest.compile(function, OpTypes.of(function, dataType), List.of(), alike))));
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
      return Compilation.declined(ConvolutionKernels.NONE);
    }
    try {
      return Compilation.of(
          Tuner.of(options.tuning())
              .fastest(TuningConditions.DESCRIPTION, op, dataType, candidates));
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
            return ConvolutionKernels.candidates(convolution, dataType, constants, options);
          }

          @Override
          public List<Candidate> visit(Deconvolution deconvolution) {
            return ConvolutionKernels.candidates(deconvolution, dataType, constants, options);
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

  private static Compilation compileUntuned(
      Op op, DataType dataType, List<Tensor> constants, CompileOptions options) {
    return dataType == DataType.FLOAT64
        ? op.accept(new Float64Ops(constants, options))
        : op.accept(new Primitives(constants, options));
  }
}
