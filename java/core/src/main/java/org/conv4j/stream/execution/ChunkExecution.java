package org.conv4j.stream.execution;

import java.util.ArrayList;
import java.util.List;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.stream.analysis.Chunk;
import org.conv4j.stream.analysis.ChunkBuilder;
import org.conv4j.stream.analysis.History;
import org.conv4j.stream.analysis.Schedule;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Chunks of some lengths, each with a plan of its own. */
public final class ChunkExecution implements Execution {
  /** Chunks up to this length are compiled for every power of two. */
  private static final int FINE = 64;

  private final Schedule schedule;
  private final DataType dataType;
  private final Starts starts;

  /** One frame at each phase of the period; longer ones begin with a period, the longest last. */
  private final List<CompiledChunk> chunks;

  private ChunkExecution(Schedule schedule, DataType dataType, List<CompiledChunk> chunks) {
    this.schedule = schedule;
    this.dataType = dataType;
    this.chunks = List.copyOf(chunks);
    starts = new Starts(schedule);
  }

  /** Compiles the chunks. */
  public static ChunkExecution compile(
      Schedule schedule, int maxFrames, DataType dataType, Engine engine, CompileOptions options) {
    List<CompiledChunk> chunks = new ArrayList<>();
    try {
      for (int phase = 0; phase < schedule.period(); phase++) {
        Chunk frame = ChunkBuilder.chunk(schedule, phase, 1);
        chunks.add(CompiledChunk.of(frame, dataType, engine, options));
      }
      for (int length : lengths(schedule.period(), maxFrames)) {
        Chunk chunk = ChunkBuilder.chunk(schedule, 0, length);
        chunks.add(CompiledChunk.of(chunk, dataType, engine, options));
      }
      return new ChunkExecution(schedule, dataType, chunks);
    } catch (RuntimeException | Error failure) {
      chunks.forEach(CompiledChunk::close);
      throw failure;
    }
  }

  /** The lengths of chunks of more than one frame, in ascending order. */
  private static List<Integer> lengths(int period, int maxFrames) {
    List<Integer> lengths = new ArrayList<>();
    int longest = maxFrames / period * period;
    for (int length = period; length < longest; length *= length < FINE ? 2 : 4) {
      if (length > 1) {
        lengths.add(length);
      }
    }
    if (longest > 1) {
      lengths.add(longest);
    }
    return lengths;
  }

  @Override
  public StreamState newState() {
    return new ChunkState(schedule.histories(), dataType);
  }

  @Override
  public long stateBytes() {
    return schedule.stateElements() * dataType.bytes();
  }

  @Override
  public Workspace newWorkspace() {
    return new Runners();
  }

  @Override
  public void close() {
    chunks.forEach(CompiledChunk::close);
  }

  /** The number of the chunk that comes next, of no more frames than there are. */
  private int chunk(long position, int frames) {
    int phase = (int) (position % schedule.period());
    if (phase > 0) {
      return phase;
    }
    int most = starts.limit(position, frames);
    for (int i = chunks.size() - 1; i >= schedule.period(); i--) {
      if (chunks.get(i).input() <= most) {
        return i;
      }
    }
    return 0;
  }

  /** A runner for each chunk. It exchanges the memory of histories with streams. */
  private final class Runners implements Workspace {
    private final CompiledChunk.Runner[] runners;

    /** Memory for what the histories become. */
    private final Tensor[] spare;

    private CompiledChunk.Runner chosen;

    Runners() {
      List<CompiledChunk.Runner> made = new ArrayList<>();
      try {
        for (CompiledChunk chunk : chunks) {
          made.add(chunk.newRunner());
        }
        spare = Histories.allocate(schedule.histories(), dataType);
      } catch (RuntimeException | Error failure) {
        made.forEach(CompiledChunk.Runner::close);
        throw failure;
      }
      runners = made.toArray(CompiledChunk.Runner[]::new);
    }

    @Override
    public int choose(long position, int frames) {
      chosen = runners[chunk(position, frames)];
      return chosen.chunk().input();
    }

    @Override
    public Tensor signal() {
      return chosen.signal();
    }

    @Override
    public void run(StreamState state, long position) {
      Tensor[] histories = ((ChunkState) state).tensors();
      chosen.run(histories, spare);
      long after = position + chosen.chunk().input();
      for (int changed : chosen.changed()) {
        History history = schedule.histories().get(changed);
        if (!starts.isBefore(history, after)) {
          Tensor old = histories[changed];
          histories[changed] = spare[changed];
          spare[changed] = old;
        }
      }
    }

    @Override
    public Tensor result() {
      return chosen.result();
    }

    @Override
    public int resultFrames() {
      return chosen.chunk().output();
    }

    @Override
    public void close() {
      for (CompiledChunk.Runner runner : runners) {
        runner.close();
      }
      Histories.close(spare);
    }
  }
}
