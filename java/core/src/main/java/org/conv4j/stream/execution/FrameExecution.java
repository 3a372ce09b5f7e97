package org.conv4j.stream.execution;

import java.util.Optional;
import org.conv4j.engine.Engine;
import org.conv4j.frames.CompiledFrames;
import org.conv4j.frames.FrameProgram;
import org.conv4j.frames.FrameRunner;
import org.conv4j.stream.analysis.FrameProgramBuilder;
import org.conv4j.stream.analysis.Schedule;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** An engine's own way to run a small network as a whole, with rings for what is remembered. */
public final class FrameExecution implements Execution {
  private final FrameProgram program;
  private final CompiledFrames compiled;
  private final Starts starts;

  private final int maxFrames;

  private FrameExecution(
      FrameProgram program, CompiledFrames compiled, Starts starts, int maxFrames) {
    this.maxFrames = maxFrames;
    this.program = program;
    this.compiled = compiled;
    this.starts = starts;
  }

  /** Asks an engine; nothing if it runs the network op by op. */
  public static Optional<FrameExecution> compile(
      Schedule schedule, int maxFrames, DataType dataType, Engine engine) {
    if (dataType != DataType.FLOAT32) {
      return Optional.empty();
    }
    return FrameProgramBuilder.of(schedule)
        .flatMap(
            program ->
                engine
                    .compileFrames(program)
                    .map(
                        compiled ->
                            new FrameExecution(
                                program, compiled, new Starts(schedule), maxFrames)));
  }

  @Override
  public RingState newState() {
    return new RingState(program);
  }

  @Override
  public Workspace newWorkspace() {
    return new OneStream(compiled.newRunner(Math.min(maxFrames, compiled.block())));
  }

  /** How many frames to run at once, of all streams together. */
  public int block() {
    return compiled.block();
  }

  /** What a thread needs to run several streams at once; the caller closes it. */
  public FrameRunner newBatchRunner() {
    return compiled.newRunner(compiled.block());
  }

  /** How many frames of a signal may come at once. */
  public int limit(long position, int frames) {
    return starts.limit(position, frames);
  }

  @Override
  public long stateBytes() {
    return (long) program.stateElements() * DataType.FLOAT32.bytes();
  }

  @Override
  public void close() {
    compiled.close();
  }

  /** Runs blocks of one stream. */
  private final class OneStream implements Workspace {
    private final FrameRunner runner;
    private int frames;

    OneStream(FrameRunner runner) {
      this.runner = runner;
    }

    @Override
    public int choose(long position, int most) {
      frames = limit(position, Math.min(most, compiled.block()));
      return frames;
    }

    @Override
    public Tensor signal() {
      return runner.signal();
    }

    @Override
    public void run(StreamState state, long position) {
      runner.set(0, ((RingState) state).tensor(), position);
      runner.run(1, frames);
    }

    @Override
    public Tensor result() {
      return runner.result();
    }

    @Override
    public int resultFrames() {
      return frames;
    }

    @Override
    public void close() {
      runner.close();
    }
  }
}
