package org.conv4j.onednn.frames;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.conv4j.frames.CompiledFrames;
import org.conv4j.frames.FrameProgram;
import org.conv4j.frames.FrameRunner;
import org.conv4j.frames.FrameStep;
import org.conv4j.onednn.binding.Address;
import org.conv4j.onednn.binding.NativeFrames;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.HeldElements;
import org.conv4j.tensor.internal.Memory;

/** A network that native code runs as a whole. Owner of its code and packed weights. */
public final class FrameNetwork implements CompiledFrames {
  /** More frames are run in several calls. The values of so many stay in the first-level cache. */
  private static final int BLOCK = 64;

  /** The weights of small networks stay in a processor's own caches; others gain by oneDNN. */
  private static final int MOST_WEIGHTS = 1 << 18;

  private static final int MOST_POSITION = 1 << 30;

  private final Memory memory;
  private final long code;
  private final long weights;
  private final FrameCode written;
  private final int input;
  private final int output;
  private final int state;

  private FrameNetwork(FrameProgram program, FrameCode written) {
    this.written = written;
    int[] numbers = written.code();
    float[] packed = written.weights();
    int codeBytes = (numbers.length * Integer.BYTES + 63) / 64 * 64;
    memory = Memory.allocate(codeBytes + (long) packed.length * Float.BYTES);
    memory.unguardedBytes().asIntBuffer().put(numbers);
    memory
        .unguardedBytes()
        .position(codeBytes)
        .slice()
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer()
        .put(packed);
    code = Address.of(memory).address();
    weights = code + codeBytes;
    input = program.channels().get(0);
    output = program.channels().get(program.output());
    state = program.stateElements();
  }

  /** Returns nothing for networks that are large, or have what native code lacks. */
  public static Optional<CompiledFrames> of(FrameProgram program) {
    if (weights(program) > MOST_WEIGHTS) {
      return Optional.empty();
    }
    return FrameCode.of(program, NativeFrames.lanes())
        .map(written -> new FrameNetwork(program, written));
  }

  private static long weights(FrameProgram program) {
    long weights = 0;
    for (FrameStep step : program.steps()) {
      if (step instanceof FrameStep.Product product) {
        weights += product.kernel().shape().elementCount();
      }
    }
    return weights;
  }

  @Override
  public int block() {
    return BLOCK;
  }

  @Override
  public FrameRunner newRunner(int frames) {
    return new Runner(frames);
  }

  @Override
  public void close() {
    memory.close();
  }

  private final class Runner implements FrameRunner {
    private final int most;
    private final Tensor signal;
    private final Tensor result;
    private final Tensor scratch;

    /** By stream, where its state is, and behind that by stream, its position. */
    private final Memory streams;

    private final ByteBuffer streamNumbers;
    private final long from;
    private final long to;
    private final long values;
    private final long gathered;
    private final long states;
    private final long positions;

    Runner(int most) {
      this.most = most;
      long valueElements = (written.valueElements(most) + 15) / 16 * 16;
      signal = Tensor.allocate(DataType.FLOAT32, Shape.of(1, most, input));
      result = Tensor.allocate(DataType.FLOAT32, Shape.of(1, most, output));
      scratch =
          Tensor.allocate(
              DataType.FLOAT32, Shape.of(valueElements + written.gatheredElements(most)));
      streams = Memory.allocate((long) most * (Long.BYTES + Integer.BYTES));
      streamNumbers = HeldElements.bytes(streams);
      from = Address.of(signal);
      to = Address.of(result);
      values = Address.of(scratch);
      gathered = values + valueElements * Float.BYTES;
      states = Address.of(streams).address();
      positions = states + (long) most * Long.BYTES;
    }

    @Override
    public Tensor signal() {
      return signal;
    }

    @Override
    public Tensor result() {
      return result;
    }

    @Override
    public void set(int index, Tensor stateOfStream, long position) {
      long address = Address.of(stateOfStream, (long) state * Float.BYTES);
      streamNumbers.putLong(index * Long.BYTES, address);
      int some = (int) Math.min(position, MOST_POSITION);
      streamNumbers.putInt(most * Long.BYTES + index * Integer.BYTES, some);
    }

    @Override
    public void run(int count, int frames) {
      if (count < 1 || frames < 1 || (long) count * frames > most) {
        throw new IllegalArgumentException(
            "A run takes up to %d frames; given %d streams of %d.".formatted(most, count, frames));
      }
      NativeFrames.run(code, weights, count, frames, states, positions, from, to, values, gathered);
      Reference.reachabilityFence(FrameNetwork.this);
      Reference.reachabilityFence(this);
    }

    @Override
    public void close() {
      signal.close();
      result.close();
      scratch.close();
      streams.close();
    }
  }
}
