package org.conv4j.stream.execution;

import java.util.List;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.stream.analysis.Chunk;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** The plan of a chunk. Owned by the plan of the stream. */
public final class CompiledChunk implements AutoCloseable {
  private final Plan plan;
  private final int input;
  private final int output;
  private final int[] changed;

  private CompiledChunk(Plan plan, Chunk chunk) {
    this.plan = plan;
    this.input = chunk.input();
    this.output = chunk.output();
    this.changed = chunk.changed().stream().mapToInt(Integer::intValue).toArray();
  }

  /** Compiles a chunk. */
  public static CompiledChunk of(
      Chunk chunk, DataType dataType, Engine engine, CompileOptions options) {
    Plan plan =
        chunk
            .program()
            .map(program -> Plan.compile(program.as(dataType), engine, options))
            .orElse(null);
    return new CompiledChunk(plan, chunk);
  }

  /** How many frames of the signal it takes. */
  int input() {
    return input;
  }

  /** How many frames it returns, those in front of the first included. */
  public int output() {
    return output;
  }

  /** What one thread needs to run it; the caller closes it. */
  public Runner newRunner() {
    return plan == null ? new Runner(this, null) : new Runner(this, plan.newSession());
  }

  @Override
  public void close() {
    if (plan != null) {
      plan.close();
    }
  }

  /** What one thread needs to run the chunk. Allocates nothing when it runs. */
  public static final class Runner implements AutoCloseable {
    private final CompiledChunk chunk;
    private final Session session;

    /** The frames of the signal and of the output; null if there are none. */
    private final Tensor signal;

    private final Tensor result;
    private final Tensor[] inputs;
    private final Tensor[] outputs;

    private Runner(CompiledChunk chunk, Session session) {
      this.chunk = chunk;
      this.session = session;
      if (session == null) {
        signal = null;
        result = null;
        inputs = null;
        outputs = null;
        return;
      }
      DataType dataType = chunk.plan.dataType();
      List<Shape> read = chunk.plan.inputShapes();
      List<Shape> written = chunk.plan.outputShapes();
      inputs = new Tensor[read.size()];
      outputs = new Tensor[written.size()];
      signal = chunk.input > 0 ? Tensor.allocate(dataType, read.get(0)) : null;
      result = chunk.output > 0 ? Tensor.allocate(dataType, written.get(0)) : null;
    }

    CompiledChunk chunk() {
      return chunk;
    }

    Tensor signal() {
      return signal;
    }

    /** The frames of the output; null if there are none. */
    public Tensor result() {
      return result;
    }

    /**
     * Computes the output and what the histories become.
     *
     * @param histories what they are
     * @param next receives what those become that change; the others of these stay as they are
     */
    public void run(Tensor[] histories, Tensor[] next) {
      if (session == null) {
        return;
      }
      int before = signal == null ? 0 : 1;
      if (signal != null) {
        inputs[0] = signal;
      }
      System.arraycopy(histories, 0, inputs, before, histories.length);
      int at = 0;
      if (result != null) {
        outputs[at++] = result;
      }
      for (int changed : chunk.changed) {
        outputs[at++] = next[changed];
      }
      session.run(inputs, outputs);
    }

    /** Whether a run changes a history. */
    int[] changed() {
      return chunk.changed;
    }

    @Override
    public void close() {
      if (session == null) {
        return;
      }
      session.close();
      if (signal != null) {
        signal.close();
      }
      if (result != null) {
        result.close();
      }
    }
  }
}
