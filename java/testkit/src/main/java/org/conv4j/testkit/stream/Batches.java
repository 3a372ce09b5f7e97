package org.conv4j.testkit.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.stream.Stream;
import org.conv4j.stream.StreamBatch;
import org.conv4j.stream.StreamPlan;

/** Streams in a batch against streams on their own. */
final class Batches {
  private static final int STREAMS = 5;

  private Batches() {}

  /** Streams at different places of their signals, which are whole numbers. */
  static void compare(StreamPlan plan, String what, Random random) {
    Stream[] together = new Stream[STREAMS];
    Stream[] alone = new Stream[STREAMS];
    try (StreamBatch batch = plan.newBatch()) {
      for (int i = 0; i < STREAMS; i++) {
        together[i] = plan.newStream();
        alone[i] = plan.newStream();
        for (int calls = random.nextInt(3) * i; calls > 0; calls--) {
          int count = random.nextInt(plan.maxFrames() + 1);
          float[] signal = signal(plan, count, random);
          step(together[i], signal, count);
          step(alone[i], signal, count);
        }
      }
      for (int call = 0; call < 4; call++) {
        compareCall(plan, batch, together, alone, what, random);
      }
    } finally {
      Arrays.stream(together).forEach(Stream::close);
      Arrays.stream(alone).forEach(Stream::close);
    }
  }

  private static void compareCall(
      StreamPlan plan,
      StreamBatch batch,
      Stream[] together,
      Stream[] alone,
      String what,
      Random random) {
    int count = random.nextInt(plan.maxFrames() + 1);
    int each = Math.toIntExact(plan.outputShape(1).elementCount());
    float[][] signals = new float[STREAMS][];
    float[][] expected = new float[STREAMS][];
    boolean same = true;
    for (int i = 0; i < STREAMS; i++) {
      signals[i] = signal(plan, count, random);
      expected[i] = step(alone[i], signals[i], count);
      same &= expected[i].length == expected[0].length;
    }
    float[] in = joined(signals);
    float[] out = new float[plan.outputFrames(count) * each * STREAMS];
    if (!same) {
      assertThatThrownBy(() -> batch.process(together, in, count, out))
          .as(what)
          .isInstanceOf(ShapeMismatchException.class);
      for (int i = 0; i < STREAMS; i++) {
        assertThat(step(together[i], signals[i], count)).as(what).isEqualTo(expected[i]);
      }
      return;
    }
    int returned = batch.process(together, in, count, out);
    assertThat(returned * each).as(what).isEqualTo(expected[0].length);
    assertThat(Arrays.copyOf(out, STREAMS * expected[0].length))
        .as(what)
        .isEqualTo(joined(expected));
  }

  private static float[] joined(float[][] parts) {
    float[] all = new float[parts.length * parts[0].length];
    for (int i = 0; i < parts.length; i++) {
      System.arraycopy(parts[i], 0, all, i * parts[0].length, parts[0].length);
    }
    return all;
  }

  private static float[] signal(StreamPlan plan, int frames, Random random) {
    float[] signal = new float[Math.toIntExact(plan.inputShape(1).elementCount()) * frames];
    for (int i = 0; i < signal.length; i++) {
      signal[i] = random.nextInt(5) - 2;
    }
    return signal;
  }

  private static float[] step(Stream stream, float[] signal, int frames) {
    int each = Math.toIntExact(stream.plan().outputShape(1).elementCount());
    float[] output = new float[stream.plan().outputFrames(frames) * each];
    int returned = stream.process(signal, frames, output);
    return Arrays.copyOf(output, returned * each);
  }
}
