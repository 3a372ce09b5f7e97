package org.conv4j.testkit.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.error.MalformedFileException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.keras.KerasModel;
import org.conv4j.keras.KerasModels;
import org.conv4j.npy.Npz;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.stream.Stream;
import org.conv4j.stream.StreamBatch;
import org.conv4j.stream.StreamOptions;
import org.conv4j.stream.StreamPlan;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The standard WaveNet of Neural Amp Modeler, against the answers of its C++ core. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class WaveNetContract {
  private static final String NAME = "wavenet_a1_standard";
  private static final double BOUND = 2e-6;
  private static final int MAX_FRAMES = 480;
  private static final int RECEPTIVE_FIELD = 4093;

  /** Everything that differs between the two ways to begin, and some more. */
  private static final int BEGIN = 4_200;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Engine engine;
  private final double mixedBound;
  private KerasModel loaded;
  private StreamPlan plan;
  private float[] input;
  private float[] reset;
  private float[] warm;

  /**
   * Makes the contract of an engine.
   *
   * @param engine an available engine
   */
  protected WaveNetContract(Engine engine) {
    this(engine, BOUND);
  }

  /**
   * Makes the contract of an engine that rounds otherwise in chunks of other lengths: the network
   * amplifies what differs where they meet.
   *
   * @param engine an available engine
   * @param mixedBound the largest error in blocks of changing lengths
   */
  protected WaveNetContract(Engine engine, double mixedBound) {
    this.engine = engine;
    this.mixedBound = mixedBound;
  }

  @BeforeAll
  final void compile() {
    loaded = KerasModels.load(resource(NAME + ".keras"), NAME);
    plan = compile(engine);
    Map<String, Tensor> signals = Npz.read(resource(NAME + ".npz"), NAME);
    input = signals.get("input").toFloatArray();
    reset = signals.get("reset").toFloatArray();
    warm = signals.get("warm").toFloatArray();
    signals.values().forEach(Tensor::close);
  }

  @AfterAll
  final void close() {
    plan.close();
    loaded.close();
  }

  private StreamPlan compile(Engine other) {
    return StreamPlan.compile(
        loaded.model(), StreamOptions.of(MAX_FRAMES), DataType.FLOAT32, other);
  }

  private static byte[] resource(String name) {
    try (InputStream stream = WaveNetContract.class.getResourceAsStream(name)) {
      return stream.readAllBytes();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /** Whole blocks, or such of random lengths if that is 0. */
  private void check(Stream stream, int block, int most, float[] expected) {
    int frames = block > 0 ? most / block * block : most;
    float[] output = new float[frames];
    Random random = new Random(block);
    int done = 0;
    while (done < frames) {
      int next = Math.min(frames - done, block > 0 ? block : 1 + random.nextInt(MAX_FRAMES));
      assertThat(stream.process(input, done, next, output, done)).isEqualTo(next);
      done += next;
    }
    // Silence was given in the longest chunks.
    boolean same = block > 0 && (expected == reset || block == MAX_FRAMES);
    assertClose(output, expected, 0, same ? BOUND : mixedBound);
  }

  private static void assertClose(float[] actual, float[] expected, int from, double bound) {
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i])
          .as("frame %d", from + i)
          .isCloseTo(expected[from + i], within(bound));
    }
  }

  @Test
  final void saysWhatItNeeds() {
    assertThat(plan.receptiveFieldFrames()).isEqualTo(RECEPTIVE_FIELD);
    assertThat(plan.latencyFrames()).isZero();
    assertThat(plan.tailFrames()).isZero();
    assertThat(plan.periodFrames()).isEqualTo(1);
    assertThat(plan.outputFrames(64)).isEqualTo(64);
    // The last 2 * dilation inputs of each of 10 layers, of 16 and of 8 channels.
    assertThat(plan.stateBytes()).isEqualTo(2 * 1023 * (16 + 8) * Float.BYTES);
  }

  @Test
  final void answersAsTheCoreDoesFromZeroStateInBlocksOfAnyLength() {
    try (Stream stream = plan.newStream()) {
      for (int block : new int[] {1, 16, 64, 480, 0}) {
        stream.reset();
        check(stream, block, BEGIN, reset);
      }
    }
  }

  @Test
  final void answersAsTheCoreDoesAfterSilenceInBlocksOfAnyLength() {
    try (Stream stream = plan.newStream()) {
      for (int block : new int[] {1, 16, 64, 480, 0}) {
        stream.warmUp();
        check(stream, block, BEGIN / 4, warm);
      }
    }
  }

  @Test
  final void answersAsTheCoreDoesToTheGuitar() {
    try (Stream stream = plan.newStream()) {
      check(stream, 480, input.length, reset);
      stream.warmUp();
      check(stream, 0, input.length, warm);
    }
  }

  @Test
  final void aSnapshotGoesOnElsewhere() {
    try (StreamPlan other = compile(Engines.byName(ReferenceEngine.NAME));
        Stream stream = plan.newStream();
        Stream continued = other.newStream()) {
      float[] output = new float[MAX_FRAMES];
      for (int i = 0; i < 3; i++) {
        stream.process(input, i * 400, 400, output, 0);
      }
      byte[] snapshot = stream.snapshot();
      continued.restore(snapshot);
      float[] rest = new float[100];
      continued.process(input, 1200, 100, rest, 0);
      for (int i = 0; i < rest.length; i++) {
        // Engines round activations otherwise, and this network amplifies where they meet.
        assertThat((double) rest[i]).as("frame %d", i).isCloseTo(reset[1200 + i], within(1e-5));
      }
      stream.process(input, 1200, 100, rest, 0);
      stream.restore(snapshot);
      stream.process(input, 1200, 100, rest, 0);
      assertClose(rest, reset, 1200, mixedBound);
    }
  }

  @Test
  final void damagedSnapshotsAreRefused() {
    try (Stream stream = plan.newStream()) {
      byte[] snapshot = stream.snapshot();
      stream.process(input, 0, 100, new float[100], 0);
      byte[] cut = Arrays.copyOf(snapshot, snapshot.length - 4);
      byte[] changed = snapshot.clone();
      changed[100] ^= 1;
      byte[] later = snapshot.clone();
      later[7]++;
      byte[] foreign = snapshot.clone();
      foreign[15]++;
      for (byte[] bad : new byte[][] {cut, changed, later, foreign, new byte[0], new byte[12]}) {
        assertThatThrownBy(() -> stream.restore(bad)).isInstanceOf(MalformedFileException.class);
      }
      float[] rest = new float[50];
      stream.process(input, 100, 50, rest, 0);
      assertClose(rest, reset, 100, mixedBound);
    }
  }

  @Test
  final void arraysBuffersAndTensorsAreTheSame() {
    FloatBuffer in =
        ByteBuffer.allocateDirect(4 * 300).order(ByteOrder.nativeOrder()).asFloatBuffer();
    in.put(0, input, 0, 300);
    FloatBuffer out = FloatBuffer.allocate(300);
    try (Stream stream = plan.newStream();
        Tensor given = Tensor.allocate(DataType.FLOAT32, plan.inputShape(300));
        Tensor taken = Tensor.allocate(DataType.FLOAT32, plan.outputShape(300))) {
      assertThat(stream.process(in, 100, out)).isEqualTo(100);
      assertThat(stream.process(in, 200, out)).isEqualTo(200);
      assertThat(in.position()).isEqualTo(300);
      assertThat(out.position()).isEqualTo(300);
      assertClose(out.array(), reset, 0, mixedBound);
      stream.reset();
      given.write(0, input, 0, 300);
      assertThat(stream.process(given, taken)).isEqualTo(300);
      assertClose(taken.toFloatArray(), reset, 0, mixedBound);
    }
  }

  @Test
  final void badCallsAreRefusedAndChangeNothing() {
    try (Stream stream = plan.newStream()) {
      float[] some = new float[MAX_FRAMES + 1];
      assertThatThrownBy(() -> stream.process(some, MAX_FRAMES + 1, some.clone()))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining("from 0 to 480");
      assertThatThrownBy(() -> stream.process(some, -1, some.clone()))
          .isInstanceOf(ShapeMismatchException.class);
      assertThatThrownBy(() -> stream.process(some, 10, new float[9]))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining("output");
      assertThatThrownBy(() -> stream.process(new float[9], 10, some))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining("input");
      check(stream, 64, 128, reset);
      assertThat(stream.flush(new float[0])).isZero();
      assertThatThrownBy(() -> stream.process(some, 1, some.clone()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("flush");
      stream.reset();
      check(stream, 64, 128, reset);
    }
  }

  @Test
  final void nothingOfASignalThatIsNotFiniteIsLeftBehindTheReceptiveField() {
    try (Stream stream = plan.newStream()) {
      stream.warmUp();
      float[] block = new float[MAX_FRAMES];
      block[7] = Float.NaN;
      float[] output = new float[MAX_FRAMES];
      stream.process(block, MAX_FRAMES, output);
      assertThat(output[6]).isFinite();
      assertThat(output[7]).isNaN();
      block[7] = 0;
      for (int frames = 0; frames < RECEPTIVE_FIELD; frames += MAX_FRAMES) {
        stream.process(block, MAX_FRAMES, output);
      }
      check(stream, 64, 640, warm);
    }
  }

  @Test
  final void aClosedStreamIsOfNoUseAndClosingAPlanEndsTheMakingOfStreams() {
    StreamPlan own = compile(engine);
    Stream stream = own.newStream();
    own.close();
    own.close();
    assertThatThrownBy(own::newStream).isInstanceOf(IllegalStateException.class);
    check(stream, 64, 128, reset);
    stream.close();
    stream.close();
    assertThatThrownBy(() -> stream.process(new float[1], 1, new float[1]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(stream::reset).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(stream::snapshot).isInstanceOf(IllegalStateException.class);
  }

  @Test
  final void manyStreamsShareAPlan() throws InterruptedException {
    Thread[] threads = new Thread[4];
    Throwable[] failures = new Throwable[threads.length];
    for (int i = 0; i < threads.length; i++) {
      int own = i;
      threads[i] =
          new Thread(
              () -> {
                try (Stream stream = plan.newStream();
                    Stream other = plan.newStream()) {
                  check(stream, 64, 1000, reset);
                  check(other, 16, 500, reset);
                }
              });
      threads[i].setUncaughtExceptionHandler((thread, failure) -> failures[own] = failure);
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).containsOnlyNulls();
  }

  @Test
  final void streamsOfABatchAnswerAsEachOnItsOwn() {
    int count = 70;
    Stream[] streams = new Stream[count];
    try (StreamBatch batch = plan.newBatch()) {
      for (int i = 0; i < count; i++) {
        streams[i] = plan.newStream();
        float[] before = new float[i % 7];
        streams[i].process(input, before.length, before);
      }
      int[] lengths = {1, 5, 64, 70};
      int done = 0;
      for (int length : lengths) {
        float[] in = new float[count * length];
        float[] out = new float[count * length];
        for (int i = 0; i < count; i++) {
          System.arraycopy(input, i % 7 + done, in, i * length, length);
        }
        assertThat(batch.process(streams, in, length, out)).isEqualTo(length);
        for (int i = 0; i < count; i++) {
          float[] own = Arrays.copyOfRange(out, i * length, (i + 1) * length);
          assertClose(own, reset, i % 7 + done, mixedBound);
        }
        done += length;
      }
    } finally {
      Arrays.stream(streams).forEach(Stream::close);
    }
  }

  @Test
  final void aBatchRefusesWhatItCannotRunAndChangesNothing() {
    try (StreamBatch batch = plan.newBatch();
        StreamPlan otherPlan = compile(engine);
        Stream one = plan.newStream();
        Stream foreign = otherPlan.newStream()) {
      float[] some = new float[4];
      assertThatThrownBy(() -> batch.process(new Stream[] {one, foreign}, some, 1, new float[4]))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("another plan");
      assertThatThrownBy(() -> batch.process(new Stream[] {one, null}, some, 1, new float[4]))
          .isInstanceOf(InvalidArgumentException.class);
      assertThatThrownBy(() -> batch.process(new Stream[] {one, one}, some, 1, new float[4]))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> batch.process(new Stream[] {one}, some, 5, new float[5]))
          .isInstanceOf(ShapeMismatchException.class);
      assertThat(batch.process(new Stream[0], some, 5, some)).isZero();
      check(one, 64, 128, reset);
    }
  }

  @Test
  final void aClosedBatchIsOfNoUseButItsStreamsAre() {
    try (Stream stream = plan.newStream()) {
      StreamBatch batch = plan.newBatch();
      batch.close();
      batch.close();
      assertThatThrownBy(() -> batch.process(new Stream[] {stream}, input, 1, new float[4]))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
      check(stream, 64, 128, reset);
    }
  }

  @Test
  final void aSecondThreadInAStreamIsRefused() throws InterruptedException {
    try (Stream stream = plan.newStream()) {
      AtomicBoolean refused = new AtomicBoolean();
      Thread other =
          new Thread(
              () -> {
                float[] output = new float[1];
                while (!refused.get()) {
                  try {
                    stream.process(output, 1, output.clone());
                  } catch (IllegalStateException inUse) {
                    refused.set(true);
                  }
                }
              });
      other.start();
      float[] output = new float[MAX_FRAMES];
      while (!refused.get()) {
        try {
          stream.process(input, 0, MAX_FRAMES, output, 0);
        } catch (IllegalStateException inUse) {
          assertThat(inUse).hasMessageContaining("Another thread");
          refused.set(true);
        }
      }
      other.join();
    }
  }

  @Test
  final void aWarmStreamAllocatesNothing() {
    try (Stream stream = plan.newStream()) {
      float[] output = new float[64];
      long allocated = 1;
      for (int attempt = 0; attempt < 40 && allocated > 0; attempt++) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 50; i++) {
          stream.process(input, 0, 1 + i % 64, output, 0);
        }
        allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      }
      assertThat(allocated).as("bytes that 50 calls allocate").isZero();
    }
  }
}
