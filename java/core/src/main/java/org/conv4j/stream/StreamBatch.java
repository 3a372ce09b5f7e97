package org.conv4j.stream;

import java.util.Arrays;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.frames.FrameRunner;
import org.conv4j.stream.execution.Execution;
import org.conv4j.stream.execution.FrameExecution;
import org.conv4j.stream.execution.RingState;

/**
 * What one thread needs to advance many streams of a plan in one call, such as a server's callers.
 * Each stream stays what it is: it may come in any call of any batch or on its own, and what it
 * returns is the same to the bit. Where an engine runs the network as a whole, the frames of many
 * streams share each read of a weight; otherwise one stream is run after the other.
 *
 * <p>Not thread-safe: one thread at a time. {@link #process} allocates nothing once it was given as
 * many streams before.
 */
public final class StreamBatch implements AutoCloseable {
  private final StreamPlan plan;
  private final int inputs;
  private final int outputs;

  /** Null where one stream is run after the other. */
  private final FrameExecution frames;

  private final FrameRunner runner;

  /** By stream of those that are run together, how many frames it has returned. */
  private final int[] written;

  /** During a call, the streams: the caller's own array may change at any time. */
  private Stream[] held = new Stream[0];

  private boolean closed;

  StreamBatch(StreamPlan plan, Execution execution) {
    this.plan = plan;
    inputs = Math.toIntExact(plan.inputShape(1).elementCount());
    outputs = Math.toIntExact(plan.outputShape(1).elementCount());
    frames = execution instanceof FrameExecution whole ? whole : null;
    runner = frames == null ? null : frames.newBatchRunner();
    written = new int[frames == null ? 0 : frames.block()];
  }

  /**
   * Gives each stream its next frames, and takes the frames of the output that they complete.
   *
   * @param streams different streams of this batch's plan
   * @param in the frames of the first stream, then those of the next, and so on
   * @param count how many frames each gets, from 0 to {@link StreamPlan#maxFrames}
   * @param out receives the output of the first stream, then that of the next, and so on
   * @return how many frames were written for each stream
   * @throws InvalidArgumentException if a stream is of another plan
   * @throws ShapeMismatchException if there are more frames, an array is too short, or the streams
   *     do not all return as many frames, as some are at the begin of their signal
   * @throws IllegalStateException if this batch or a stream is closed, a stream is flushed, in use
   *     by another thread, or given twice; no stream has changed then
   */
  public int process(Stream[] streams, float[] in, int count, float[] out) {
    if (closed) {
      throw new IllegalStateException("This batch of streams is closed.");
    }
    int number = streams.length;
    if (held.length < number) {
      held = new Stream[number];
    }
    System.arraycopy(streams, 0, held, 0, number);
    int entered = 0;
    try {
      while (entered < number) {
        Stream stream =
            InvalidArgumentException.requirePresent(held[entered], "A stream of a batch");
        if (stream.plan() != plan) {
          throw new InvalidArgumentException(
              "Stream %d of the batch is of another plan.".formatted(entered));
        }
        stream.enter();
        entered++;
      }
      int returned = returned(number, count);
      Stream.require("input", 0, (long) number * count * inputs, in.length);
      Stream.require("output", 0, (long) number * returned * outputs, out.length);
      run(number, in, count, out, returned);
      return returned;
    } finally {
      while (entered > 0) {
        entered--;
        held[entered].drop();
        held[entered].leave();
      }
      Arrays.fill(held, null);
    }
  }

  private int returned(int number, int count) {
    int returned = 0;
    for (int i = 0; i < number; i++) {
      int own = held[i].returned(count);
      if (i > 0 && own != returned) {
        throw new ShapeMismatchException(
            "Of a batch, all streams return as many frames; stream 0 returns %d, but stream %d %d."
                .formatted(returned, i, own));
      }
      returned = own;
    }
    return returned;
  }

  private void run(int number, float[] in, int count, float[] out, int returned) {
    if (runner == null) {
      for (int i = 0; i < number; i++) {
        int at = i * count * inputs;
        held[i].run(in, at, count, out, i * returned * outputs, returned);
      }
      return;
    }
    int together = Math.max(1, frames.block() / Math.max(1, count));
    for (int first = 0; first < number; first += together) {
      int some = Math.min(together, number - first);
      runTogether(first, some, in, count, out, returned);
    }
  }

  private void runTogether(int first, int some, float[] in, int count, float[] out, int returned) {
    for (int i = 0; i < some; i++) {
      written[i] = 0;
    }
    int done = 0;
    while (done < count) {
      int next = Math.min(count - done, frames.block() / some);
      for (int i = 0; i < some; i++) {
        next = frames.limit(held[first + i].position(), next);
      }
      for (int i = 0; i < some; i++) {
        Stream stream = held[first + i];
        int at = ((first + i) * count + done) * inputs;
        runner.signal().write(i * next * inputs, in, at, next * inputs);
        runner.set(i, ((RingState) stream.remembered()).tensor(), stream.position());
      }
      runner.run(some, next);
      for (int i = 0; i < some; i++) {
        Stream stream = held[first + i];
        int valid = (int) Math.max(0, next - plan.missing(stream.position()));
        int from = (i * next + next - valid) * outputs;
        int to = ((first + i) * returned + written[i]) * outputs;
        runner.result().read(from, out, to, valid * outputs);
        written[i] += valid;
        stream.advance(next);
      }
      done += next;
    }
  }

  /** Frees the memory. The streams stay open. A second call does nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (runner != null) {
        runner.close();
      }
      plan.release();
    }
  }
}
