package org.conv4j.stream;

import java.util.LinkedHashMap;
import java.util.Map;
import org.conv4j.engine.Engine;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.NotStreamableException;
import org.conv4j.model.Model;
import org.conv4j.shape.Shape;
import org.conv4j.stream.analysis.ChunkBuilder;
import org.conv4j.stream.analysis.Lowerings;
import org.conv4j.stream.analysis.Schedule;
import org.conv4j.stream.analysis.TimedProgram;
import org.conv4j.stream.analysis.Timing;
import org.conv4j.stream.execution.ChunkExecution;
import org.conv4j.stream.execution.CompiledChunk;
import org.conv4j.stream.execution.Execution;
import org.conv4j.stream.execution.FrameExecution;
import org.conv4j.stream.execution.Histories;
import org.conv4j.stream.execution.Workspaces;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.SharedResources;

/**
 * A model compiled to be run chunk by chunk on an endless signal: what its streams return is, frame
 * by frame, what the model gives for the whole signal at once. Immutable and safe for any thread:
 * give each signal a {@linkplain #newStream stream} of its own.
 *
 * <p>The model has one input, whose axis of time is the only open one, or the first behind the
 * batch if its length is fixed; the batch is 1. A frame is what the input holds at one moment. A
 * model in which an output frame follows from the whole signal, or whose layers do not do the same
 * at all times, is refused with a {@link NotStreamableException} that names the layer.
 *
 * <p>{@link #close} ends the making of streams; those that exist keep working, and the native
 * resources are freed when the last of them is closed. {@link Stream#flush} compiles what remains
 * of a signal that ends, for which the model must still be open.
 */
public final class StreamPlan implements AutoCloseable {
  /** Signals that are shorter than the network's start each have a tail of their own. */
  private static final int MOST_TAILS = 32;

  private final Engine engine;
  private final DataType dataType;
  private final StreamOptions options;
  private final Lowerings lowerings;
  private final Schedule schedule;
  private final Timing output;
  private final long outputFactor;
  private final Shape inputFrame;
  private final Shape outputFrame;
  private final FrameLayout inputLayout;
  private final FrameLayout outputLayout;
  private final long fingerprint;
  private final Execution execution;
  private final Workspaces workspaces;

  /** What remains of signals that end, by {@link #tailKey}; the last ones used. Guards itself. */
  private final Map<Long, CompiledChunk> tails = new LinkedHashMap<>(16, 0.75f, true);

  private final SharedResources resources =
      new SharedResources("This plan of a stream is closed.", this::free);

  private StreamPlan(
      Engine engine,
      DataType dataType,
      StreamOptions options,
      Lowerings lowerings,
      Schedule schedule,
      Execution execution) {
    this.engine = engine;
    this.dataType = dataType;
    this.options = options;
    this.lowerings = lowerings;
    this.schedule = schedule;
    this.execution = execution;
    output = schedule.timing(schedule.program().program().outputs().get(0));
    outputFactor = schedule.program().output().frames();
    inputFrame = inputShape(1);
    outputFrame = outputShape(1);
    inputLayout = FrameLayout.of(inputFrame, schedule.program().inputAxis());
    outputLayout = FrameLayout.of(outputFrame, schedule.program().output().axis());
    fingerprint = Fingerprint.of(schedule, dataType);
    workspaces = new Workspaces(execution::newWorkspace);
  }

  /**
   * Analyses and compiles a model.
   *
   * @param model the model
   * @param options how long chunks are, and how to compile
   * @param dataType the type to compute with
   * @param engine an available engine
   * @return the plan, which the caller closes
   * @throws NotStreamableException if the network cannot be streamed
   * @throws org.conv4j.error.Conv4jException if the engine cannot run it
   */
  public static StreamPlan compile(
      Model model, StreamOptions options, DataType dataType, Engine engine) {
    InvalidArgumentException.requirePresent(model, "The model to stream");
    InvalidArgumentException.requirePresent(options, "The options of streaming");
    InvalidArgumentException.requirePresent(dataType, "The data type to compute with");
    InvalidArgumentException.requirePresent(engine, "The engine to compile for");
    Lowerings lowerings = new Lowerings(model, options.compileOptions().limits());
    Schedule schedule = new Schedule(lowerings.analysed(), options.lookAhead());
    Execution execution =
        FrameExecution.compile(schedule, options.maxFrames(), dataType, engine)
            .<Execution>map(frames -> frames)
            .orElseGet(
                () ->
                    ChunkExecution.compile(
                        schedule, options.maxFrames(), dataType, engine, options.compileOptions()));
    return new StreamPlan(engine, dataType, options, lowerings, schedule, execution);
  }

  /**
   * Returns the engine that it was compiled for.
   *
   * @return the engine
   */
  public Engine engine() {
    return engine;
  }

  /**
   * Returns the type that is computed with.
   *
   * @return the data type of states, and of tensors without conversion
   */
  public DataType dataType() {
    return dataType;
  }

  /**
   * Returns the most frames of a call.
   *
   * @return the options' {@code maxFrames}
   */
  public int maxFrames() {
    return options.maxFrames();
  }

  /**
   * Returns the shape of some frames of the signal.
   *
   * @param frames how many
   * @return the shape, as Keras sees it, for a batch of 1
   */
  public Shape inputShape(int frames) {
    return lowerings.input(frames);
  }

  /**
   * Returns the shape of some frames of the output.
   *
   * @param frames how many
   * @return the shape, as Keras sees it, for a batch of 1
   */
  public Shape outputShape(int frames) {
    Shape whole = schedule.program().program().outputShapes().get(0);
    return whole.withDim(schedule.program().output().axis(), frames);
  }

  /**
   * Returns how much later than possible frames come: the output's frame for a moment is returned
   * once so many more frames of the signal have arrived.
   *
   * @return 0 for a causal network
   */
  public long latencyFrames() {
    return schedule.latency();
  }

  /**
   * Returns from how many frames of the signal a frame of the output follows, itself included; of
   * recurrent layers, which remember all of them, not counting what they remember.
   *
   * @return 1 for a network that remembers nothing
   */
  public long receptiveFieldFrames() {
    return schedule.receptiveField();
  }

  /**
   * Returns after how many frames of the signal a network with strides does the same again.
   *
   * @return 1 without strides
   */
  public int periodFrames() {
    return schedule.period();
  }

  /**
   * Returns the most frames that a call can return.
   *
   * @param frames how many frames of the signal it gives
   * @return the number that some call returns, and none exceeds
   */
  public int outputFrames(int frames) {
    long most = 0;
    for (int phase = 0; phase < schedule.period(); phase++) {
      most = Math.max(most, output.count(phase + (long) frames) - output.count(phase));
    }
    return Math.toIntExact(most * outputFactor);
  }

  /**
   * Returns how many frames {@link Stream#flush} returns for a signal of whole periods that is not
   * shorter than the network's start.
   *
   * @return 0 if nothing remains
   */
  public int tailFrames() {
    return Math.toIntExact(Math.max(0, schedule.tail()));
  }

  /**
   * Returns the size of what a stream remembers.
   *
   * @return bytes
   */
  public long stateBytes() {
    return schedule.stateElements() * dataType.bytes();
  }

  /**
   * Returns the off-heap memory of a stream: what it remembers, and some bytes to keep it in order.
   * What calls need besides is the plan's, one for each thread.
   *
   * @return bytes
   */
  public long streamBytes() {
    return execution.stateBytes();
  }

  /**
   * Makes a stream for one signal.
   *
   * @return a stream at the beginning of its signal, which the caller closes
   * @throws IllegalStateException if this plan is closed
   */
  public Stream newStream() {
    resources.acquire();
    try {
      // The first chunk must not have to allocate one.
      workspaces.give(workspaces.take());
      return new Stream(this, execution.newState());
    } catch (RuntimeException | Error failure) {
      release();
      throw failure;
    }
  }

  /**
   * Makes what one thread needs to advance many streams of this plan in one call.
   *
   * @return the batch, which the caller closes
   * @throws IllegalStateException if this plan is closed
   */
  public StreamBatch newBatch() {
    resources.acquire();
    try {
      return new StreamBatch(this, execution);
    } catch (RuntimeException | Error failure) {
      release();
      throw failure;
    }
  }

  /** Closes the plan; see the class comment. A second call does nothing. */
  @Override
  public void close() {
    resources.close();
  }

  /** Called once by each stream that ends. */
  void release() {
    resources.release();
  }

  private void free() {
    workspaces.close();
    execution.close();
    tails.values().forEach(CompiledChunk::close);
  }

  Shape inputFrame() {
    return inputFrame;
  }

  Shape outputFrame() {
    return outputFrame;
  }

  FrameLayout inputLayout() {
    return inputLayout;
  }

  FrameLayout outputLayout() {
    return outputLayout;
  }

  Schedule schedule() {
    return schedule;
  }

  Workspaces workspaces() {
    return workspaces;
  }

  long fingerprint() {
    return fingerprint;
  }

  /** How many frames of the output a signal of some frames has returned. */
  long returned(long signalFrames) {
    return Math.max(0, output.count(signalFrames) * outputFactor);
  }

  /** Of those of a chunk, how many frames of its output lie in front of the first. */
  long missing(long signalFrames) {
    return Math.max(0, -output.count(signalFrames) * outputFactor);
  }

  /** Memory for a copy of what a stream remembers; the caller closes it. */
  Tensor[] newHistories() {
    return Histories.allocate(schedule.histories(), dataType);
  }

  /**
   * How many frames remain of a signal that ends.
   *
   * @param signalFrames its length
   * @return 0 if nothing remains
   */
  int tailFrames(long signalFrames) {
    synchronized (tails) {
      CompiledChunk tail = tail(signalFrames);
      return tail == null ? 0 : tail.output();
    }
  }

  /**
   * What computes the rest of a signal that ends.
   *
   * @param signalFrames its length
   * @return the rest, which the caller closes, or null if nothing remains
   */
  CompiledChunk.Runner newTailRunner(long signalFrames) {
    synchronized (tails) {
      CompiledChunk tail = tail(signalFrames);
      return tail == null || tail.output() == 0 ? null : tail.newRunner();
    }
  }

  /** Valid until another one takes its place, while the caller holds {@link #tails}. */
  private CompiledChunk tail(long signalFrames) {
    if (signalFrames == 0 || (schedule.period() == 1 && schedule.tail() <= 0)) {
      return null;
    }
    long length = tailKey(signalFrames);
    CompiledChunk known = tails.get(length);
    if (known != null) {
      return known;
    }
    if (!lowerings.takes(length)) {
      return null;
    }
    TimedProgram whole = lowerings.whole(length);
    schedule.requireSamePadding(whole, signalFrames);
    CompiledChunk made =
        CompiledChunk.of(
            ChunkBuilder.tail(schedule, whole, length), dataType, engine, options.compileOptions());
    if (tails.size() >= MOST_TAILS) {
      tails.remove(tails.keySet().iterator().next()).close();
    }
    tails.put(length, made);
    return made;
  }

  /** A signal that has the same tail as all of its phase that are longer. */
  private long tailKey(long signalFrames) {
    long period = schedule.period();
    long settled = schedule.settled() / period * period + period;
    return signalFrames < settled + period
        ? signalFrames
        : settled + (signalFrames - settled) % period;
  }
}
