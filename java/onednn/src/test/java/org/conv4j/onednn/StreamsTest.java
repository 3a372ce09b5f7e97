package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.conv4j.engine.Engines;
import org.conv4j.file.LoadedModel;
import org.conv4j.file.Models;
import org.conv4j.onednn.binding.NativeLibrary;
import org.conv4j.stream.Stream;
import org.conv4j.stream.StreamBatch;
import org.conv4j.stream.StreamOptions;
import org.conv4j.stream.StreamPlan;
import org.conv4j.tensor.DataType;
import org.conv4j.testkit.stream.WaveNetContract;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers do with streams of a network that runs as a whole. */
@EnabledIf("nativeLibraryIsAvailable")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamsTest {
  private static final String NAME = "wavenet_a1_standard.keras";
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private byte[] file;

  @BeforeAll
  void read() throws IOException {
    try (InputStream stream = WaveNetContract.class.getResourceAsStream(NAME)) {
      file = stream.readAllBytes();
    }
  }

  static boolean nativeLibraryIsAvailable() {
    return NativeLibrary.isAvailable();
  }

  private static StreamPlan plan(LoadedModel model, int maxFrames) {
    return StreamPlan.compile(
        model.model(),
        StreamOptions.of(maxFrames),
        DataType.FLOAT32,
        Engines.byName(OneDnnEngine.NAME));
  }

  private static float[] noise(int count) {
    Random random = new Random(count);
    float[] noise = new float[count];
    for (int i = 0; i < count; i++) {
      noise[i] = (float) random.nextGaussian() / 4;
    }
    return noise;
  }

  @Test
  void eachOfAThousandStreamsIsItsRingsAndLessThanAKilobyte() {
    int count = 1000;
    Stream[] streams = new Stream[count];
    try (LoadedModel model = Models.load(file, NAME);
        StreamPlan plan = plan(model, 16);
        StreamBatch batch = plan.newBatch()) {
      for (int i = 0; i < 20; i++) {
        plan.newStream().close();
      }
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < count; i++) {
        streams[i] = plan.newStream();
      }
      long heap = (THREADS.getCurrentThreadAllocatedBytes() - before) / count;
      long offHeap = plan.streamBytes() - plan.stateBytes();
      assertThat(heap + offHeap)
          .as("%d bytes of heap, garbage included, and %d outside of it", heap, offHeap)
          .isLessThan(1024);
      float[] in = noise(count);
      float[] out = new float[count];
      float[] one = new float[1];
      batch.process(streams, in, 1, out);
      try (Stream alone = plan.newStream()) {
        for (int i = 0; i < count; i += 99) {
          alone.reset();
          alone.process(in, i, 1, one, 0);
          assertThat(out[i]).isEqualTo(one[0]);
        }
      }
    } finally {
      for (Stream stream : streams) {
        stream.close();
      }
    }
  }

  @Test
  void aWarmBatchAllocatesNothing() {
    Stream[] streams = new Stream[9];
    try (LoadedModel model = Models.load(file, NAME);
        StreamPlan plan = plan(model, 16);
        StreamBatch batch = plan.newBatch()) {
      for (int i = 0; i < streams.length; i++) {
        streams[i] = plan.newStream();
      }
      float[] in = noise(9 * 16);
      float[] out = new float[in.length];
      long allocated = 1;
      for (int attempt = 0; attempt < 40 && allocated > 0; attempt++) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 50; i++) {
          batch.process(streams, in, 1 + i % 16, out);
        }
        allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      }
      assertThat(allocated).as("bytes that 50 calls allocate").isZero();
    } finally {
      for (Stream stream : streams) {
        stream.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"onednn", "java"})
  void aSnapshotGoesOnInAnotherProcess(String engine, @TempDir Path folder) throws Exception {
    Path saved = Files.write(folder.resolve("model.keras"), file);
    float[] signal = noise(1700);
    float[] rest = new float[200];
    float[] expected = new float[200];
    System.arraycopy(signal, 1500, rest, 0, 200);
    Path snapshot = folder.resolve("snapshot");
    try (LoadedModel model = Models.load(saved);
        StreamPlan plan = plan(model, 300);
        Stream stream = plan.newStream()) {
      for (int done = 0; done < 1500; done += 300) {
        stream.process(signal, done, 300, new float[300], 0);
      }
      Files.write(snapshot, stream.snapshot());
      stream.process(rest, 200, expected);
    }
    Path output = folder.resolve("output");
    ForkedJvm child =
        ForkedJvm.run(
            ContinueStream.class,
            ForkedJvm.classPath(),
            Map.of(),
            new String[0],
            engine,
            saved.toString(),
            snapshot.toString(),
            Files.write(folder.resolve("signal"), ContinueStream.bytes(rest)).toString(),
            output.toString());
    assertThat(child.exitCode()).as(child.output()).isZero();
    float[] actual = ContinueStream.floats(Files.readAllBytes(output));
    float bound = engine.equals(OneDnnEngine.NAME) ? 0 : 2e-6f;
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).as("frame %d", i).isCloseTo(expected[i], within(bound));
    }
  }
}
