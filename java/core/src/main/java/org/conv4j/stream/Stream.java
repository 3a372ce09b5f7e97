package org.conv4j.stream;

import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.Shape;
import org.conv4j.stream.execution.CompiledChunk;
import org.conv4j.stream.execution.Histories;
import org.conv4j.stream.execution.StreamState;
import org.conv4j.stream.execution.Workspace;
import org.conv4j.tensor.Tensor;

/**
 * A signal on its way through a network. It owns what the network still needs of the past, {@link
 * StreamPlan#stateBytes} of memory; what calls need besides is the plan's, and is lent to a call.
 * {@link #process} allocates nothing and takes no locks.
 *
 * <p>The answer does not depend on how the signal is cut into calls: bit for bit if the plan was
 * compiled with {@link org.conv4j.engine.CompileOptions#withExact exact} for an engine whose sums
 * do not depend on the shape, such as the reference; within 1e-5 of the largest output otherwise.
 *
 * <p><b>Zero state is not silence.</b> A new stream, or one after {@link #reset}, is at the begin
 * of its signal, in front of which Keras pads <em>every layer</em> with zeros: it returns what the
 * model returns for the whole signal. A network that has heard silence holds its biases instead.
 * {@link #warmUp} brings the stream there: what follows is what the model returns behind so much
 * silence.
 *
 * <p>Frames that are not finite go through; once they are further back than the receptive field,
 * nothing is left of them.
 *
 * <p>Not thread-safe: one thread at a time. A second thread that enters meanwhile gets an {@link
 * IllegalStateException}, never a wrong result. A stream outlives the closing of its plan.
 */
public final class Stream implements AutoCloseable {
  private static final int IDLE = 0;
  private static final int RUNNING = 1;
  private static final int CLOSED = 2;

  /** Hours of sound. */
  private static final long MOST_SILENCE = 1L << 30;

  private final StreamPlan plan;
  private final StreamState remembered;
  private final FrameLayout inputLayout;
  private final FrameLayout outputLayout;
  private final AtomicInteger state = new AtomicInteger(IDLE);

  private final ArrayFrames givenArray = new ArrayFrames();
  private final ArrayFrames resultArray = new ArrayFrames();

  /** Made when the first buffer comes: few streams are given any. */
  private BufferFrames givenBuffer;

  private BufferFrames resultBuffer;

  /** Made when the first tensor comes. */
  private TensorFrames givenTensor;

  private TensorFrames resultTensor;

  /** How many frames of the signal there were. */
  private long position;

  private boolean ended;

  /** Takes ownership of the state. */
  Stream(StreamPlan plan, StreamState remembered) {
    this.plan = plan;
    this.remembered = remembered;
    inputLayout = plan.inputLayout();
    outputLayout = plan.outputLayout();
  }

  /**
   * Returns the plan that this stream runs.
   *
   * @return the plan
   */
  public StreamPlan plan() {
    return plan;
  }

  /**
   * Gives the next frames of the signal and takes the frames of the output that they complete.
   *
   * @param in the frames, from the first element on, in the order of {@link StreamPlan#inputShape}
   * @param frames how many, from 0 to {@link StreamPlan#maxFrames}
   * @param out receives the output, from the first element on, in the order of {@link
   *     StreamPlan#outputShape}
   * @return how many frames were written, at most {@link StreamPlan#outputFrames}
   * @throws ShapeMismatchException if there are more frames, or an array is too short
   * @throws IllegalStateException if this stream is closed or flushed, or another thread is in it
   */
  public int process(float[] in, int frames, float[] out) {
    return process(in, 0, frames, out, 0);
  }

  /**
   * Gives the next frames of the signal and takes the frames of the output that they complete.
   *
   * @param in the frames
   * @param inOffset where their first element is
   * @param frames how many, from 0 to {@link StreamPlan#maxFrames}
   * @param out receives the output
   * @param outOffset where its first element goes
   * @return how many frames were written
   * @throws ShapeMismatchException if there are more frames, or an array is too short
   * @throws IllegalStateException if this stream is closed or flushed, or another thread is in it
   */
  public int process(float[] in, int inOffset, int frames, float[] out, int outOffset) {
    enter();
    try {
      int returned = returned(frames);
      require("input", inOffset, inputLayout.size(frames), in.length);
      require("output", outOffset, outputLayout.size(returned), out.length);
      run(in, inOffset, frames, out, outOffset, returned);
      return returned;
    } finally {
      drop();
      leave();
    }
  }

  /**
   * Gives the next frames of the signal and takes the frames of the output that they complete. The
   * positions of the buffers move behind what is read and written.
   *
   * @param in the frames, from the position on; any kind of buffer
   * @param frames how many, from 0 to {@link StreamPlan#maxFrames}
   * @param out receives the output, from the position on
   * @return how many frames were written
   * @throws ShapeMismatchException if there are more frames, or less remains in a buffer
   * @throws InvalidBufferException if the output is read-only
   * @throws IllegalStateException if this stream is closed or flushed, or another thread is in it
   */
  public int process(FloatBuffer in, int frames, FloatBuffer out) {
    enter();
    try {
      if (givenBuffer == null) {
        resultBuffer = new BufferFrames();
        givenBuffer = new BufferFrames();
      }
      int returned = returned(frames);
      require("input", in.position(), inputLayout.size(frames), in.limit());
      require("output", out.position(), outputLayout.size(returned), out.limit());
      if (out.isReadOnly()) {
        throw new InvalidBufferException("The output is a read-only buffer.");
      }
      run(givenBuffer.set(in), frames, resultBuffer.set(out), returned);
      in.position(in.position() + (int) inputLayout.size(frames));
      out.position(out.position() + (int) outputLayout.size(returned));
      return returned;
    } finally {
      if (givenBuffer != null) {
        givenBuffer.set(null);
        resultBuffer.set(null);
      }
      leave();
    }
  }

  /**
   * Gives the next frames of the signal and takes the frames of the output that they complete.
   *
   * @param in of the shape {@link StreamPlan#inputShape} of some frames, at most {@link
   *     StreamPlan#maxFrames}
   * @param out of the shape {@link StreamPlan#outputShape} of as many frames as are returned, or
   *     more, of which the last keep their elements
   * @return how many frames were written
   * @throws ShapeMismatchException if a tensor has another shape
   * @throws InvalidBufferException if the output is read-only
   * @throws IllegalStateException if this stream is closed or flushed, a tensor is closed, or
   *     another thread is in this stream
   */
  public int process(Tensor in, Tensor out) {
    enter();
    try {
      if (givenTensor == null) {
        resultTensor = new TensorFrames();
        givenTensor = new TensorFrames();
      }
      int axis = plan.schedule().program().inputAxis();
      int frames = frames("input", in, axis, plan.inputFrame());
      int outputAxis = plan.schedule().program().output().axis();
      int room = frames("output", out, outputAxis, plan.outputFrame());
      int returned = returned(frames);
      if (returned > room) {
        throw new ShapeMismatchException(
            "The output is %d frames; given room for %d.".formatted(returned, room));
      }
      run(givenTensor.set(in), frames, resultTensor.set(out), room);
      return returned;
    } finally {
      if (givenTensor != null) {
        givenTensor.set(null);
        resultTensor.set(null);
      }
      leave();
    }
  }

  private static int frames(String what, Tensor tensor, int axis, Shape frame) {
    InvalidArgumentException.requirePresent(tensor, "The " + what);
    Shape shape = tensor.shape();
    boolean fits = shape.rank() == frame.rank();
    for (int i = 0; fits && i < frame.rank(); i++) {
      fits = i == axis || shape.dim(i) == frame.dim(i);
    }
    if (!fits) {
      throw new ShapeMismatchException(
          "The %s must have the shape %s, with any extent along axis %d; given %s."
              .formatted(what, frame, axis, shape));
    }
    return shape.intDim(axis);
  }

  static void require(String what, int offset, long elements, int length) {
    if (offset < 0 || elements > length - offset) {
      throw new ShapeMismatchException(
          "The %s has %d elements; there are %d from %d on."
              .formatted(what, elements, Math.max(0, length - Math.max(0, offset)), offset));
    }
  }

  /** How many frames of the output so many of the signal complete. */
  int returned(int frames) {
    if (frames < 0 || frames > plan.maxFrames()) {
      throw new ShapeMismatchException(
          "A call of this stream gives from 0 to %d frames; given %d."
              .formatted(plan.maxFrames(), frames));
    }
    if (ended) {
      throw new IllegalStateException(
          "The signal of this stream has ended with flush; reset it to begin another one.");
    }
    return (int) (plan.returned(position + frames) - plan.returned(position));
  }

  long position() {
    return position;
  }

  /** What a batch has computed for this stream. */
  void advance(int frames) {
    position += frames;
  }

  StreamState remembered() {
    return remembered;
  }

  /** Runs chunk after chunk of arrays whose sizes were checked. */
  void run(float[] in, int inOffset, int frames, float[] out, int outOffset, int returned) {
    Frames given = givenArray.set(in, inOffset);
    run(given, frames, resultArray.set(out, outOffset), returned);
  }

  /** Forgets the caller's arrays. */
  void drop() {
    givenArray.set(null, 0);
    resultArray.set(null, 0);
  }

  /** Runs chunk after chunk. {@code all} is the number of frames in the rows of the output. */
  private void run(Frames in, int frames, Frames out, int all) {
    Workspace workspace = plan.workspaces().take();
    try {
      int written = 0;
      int done = 0;
      while (done < frames) {
        int count = workspace.choose(position, frames - done);
        Tensor signal = workspace.signal();
        if (signal != null && in != null) {
          inputLayout.read(in, done, frames, signal, count);
        } else if (signal != null) {
          signal.transform(old -> 0);
        }
        workspace.run(remembered, position);
        int valid = (int) Math.max(0, workspace.resultFrames() - plan.missing(position));
        position += count;
        if (valid > 0 && out != null) {
          int made = workspace.resultFrames();
          outputLayout.write(workspace.result(), made, valid, out, written, all);
        }
        written += valid;
        done += count;
      }
    } finally {
      plan.workspaces().give(workspace);
    }
  }

  /**
   * Returns how many frames {@link #flush} is going to return.
   *
   * @return 0 for a causal network
   * @throws org.conv4j.error.NotStreamableException if what Keras returns for a signal of this
   *     length begins otherwise than what was returned, which happens where strides and padding do
   *     not fit
   * @throws IllegalStateException if this stream is closed, or another thread is in it
   */
  public int flushFrames() {
    enter();
    try {
      return ended ? 0 : plan.tailFrames(position);
    } finally {
      leave();
    }
  }

  /**
   * Ends the signal and takes the frames of the output that only its end completes: those that
   * looked ahead, against the padding behind the last frame of every layer. The stream takes no
   * more frames until it is {@link #reset}. The first call for a plan compiles; the model must be
   * open.
   *
   * @param out receives the output, from the first element on; see {@link #flushFrames}
   * @return how many frames were written
   * @throws ShapeMismatchException if the array is too short
   * @throws org.conv4j.error.NotStreamableException as in {@link #flushFrames}
   * @throws IllegalStateException if this stream is closed or flushed, or another thread is in it
   */
  public int flush(float[] out) {
    enter();
    try {
      returned(0);
      int frames = plan.tailFrames(position);
      require("output", 0, outputLayout.size(frames), out.length);
      try (CompiledChunk.Runner runner = plan.newTailRunner(position)) {
        if (runner != null) {
          Tensor[] histories = plan.newHistories();
          try {
            remembered.copyTo(histories);
            runner.run(histories, histories);
          } finally {
            Histories.close(histories);
          }
          outputLayout.write(runner.result(), frames, frames, resultArray.set(out, 0), 0, frames);
        }
      }
      ended = true;
      return frames;
    } finally {
      resultArray.set(null, 0);
      leave();
    }
  }

  /**
   * Returns to the begin of a signal.
   *
   * @throws IllegalStateException if this stream is closed, or another thread is in it
   */
  public void reset() {
    enter();
    try {
      begin();
    } finally {
      leave();
    }
  }

  private void begin() {
    remembered.begin();
    position = 0;
    ended = false;
  }

  /**
   * Begins behind silence: resets the stream and gives it as many zeros as its receptive field is
   * long, or some more for whole chunks, whose output is dropped. Recurrent layers remember longer;
   * give them silence with {@link #warmUp(long)}.
   *
   * @throws IllegalStateException if this stream is closed, or another thread is in it
   */
  public void warmUp() {
    warmUp(plan.receptiveFieldFrames());
  }

  /**
   * Begins behind some silence, whose output is dropped.
   *
   * @param frames how many frames of zeros, or some more for whole chunks
   * @throws InvalidArgumentException if there are fewer than none
   * @throws IllegalStateException if this stream is closed, or another thread is in it
   */
  public void warmUp(long frames) {
    if (frames < 0 || frames > MOST_SILENCE) {
      throw new InvalidArgumentException(
          "A stream is warmed up with 0 to %d frames of silence; given %d."
              .formatted(MOST_SILENCE, frames));
    }
    enter();
    try {
      begin();
      int period = plan.periodFrames();
      int most = plan.maxFrames();
      int step = most < period ? period : most / period * period;
      long silence = (frames + step - 1) / step * step;
      while (position < silence) {
        run(null, (int) Math.min(silence - position, Math.min(step, most)), null, 0);
      }
    } finally {
      leave();
    }
  }

  /**
   * Writes down where this stream is.
   *
   * @return a copy of its state, for streams of the same model on any engine and in any process
   * @throws IllegalStateException if this stream is closed or flushed, or another thread is in it
   */
  public byte[] snapshot() {
    enter();
    try {
      returned(0);
      Tensor[] histories = plan.newHistories();
      try {
        remembered.copyTo(histories);
        return Snapshot.write(plan, position, histories);
      } finally {
        Histories.close(histories);
      }
    } finally {
      leave();
    }
  }

  /**
   * Goes on where a stream was.
   *
   * @param snapshot what {@link #snapshot} has returned
   * @throws org.conv4j.error.MalformedFileException if it is damaged, or of another version or
   *     model; this stream stays what it was
   * @throws IllegalStateException if this stream is closed, or another thread is in it
   */
  public void restore(byte[] snapshot) {
    enter();
    try {
      Tensor[] histories = plan.newHistories();
      try {
        position = Snapshot.read(snapshot, plan, histories);
        remembered.copyFrom(histories);
      } finally {
        Histories.close(histories);
      }
      ended = false;
    } finally {
      leave();
    }
  }

  /**
   * Frees the memory. A second call does nothing.
   *
   * @throws IllegalStateException if a thread is in this stream
   */
  @Override
  public void close() {
    if (state.compareAndSet(IDLE, CLOSED)) {
      remembered.close();
      plan.release();
    } else if (state.get() != CLOSED) {
      throw inUse();
    }
  }

  /** Keeps others out until {@link #leave}. */
  void enter() {
    if (!state.compareAndSet(IDLE, RUNNING)) {
      throw state.get() == CLOSED ? new IllegalStateException("This stream is closed.") : inUse();
    }
  }

  void leave() {
    state.set(IDLE);
  }

  private static IllegalStateException inUse() {
    return new IllegalStateException(
        "Another thread is using this stream; give each signal its own, to one thread at a time.");
  }
}
