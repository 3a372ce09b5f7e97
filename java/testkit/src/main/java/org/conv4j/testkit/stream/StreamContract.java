package org.conv4j.testkit.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.error.NotStreamableException;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.stream.Stream;
import org.conv4j.stream.StreamOptions;
import org.conv4j.stream.StreamPlan;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.cases.Outputs;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However a signal is cut, its stream returns what the network gives for all of it at once: whole
 * numbers bit for bit.
 */
public abstract class StreamContract {
  private static final int MAX_FRAMES = 40;

  private final Engine engine;

  /** How many of the networks drawn could be streamed, and how many could not. */
  private int streamed;

  private int refused;

  /**
   * Makes the contract of an engine.
   *
   * @param engine an available engine
   */
  protected StreamContract(Engine engine) {
    this.engine = engine;
  }

  @Property(tries = 150, seed = "20260101", shrinking = ShrinkingMode.OFF)
  void causalNetworksAreTheSameFrameByFrameAndAtOnce(@ForAll long seed) {
    check(seed, true);
  }

  @Property(tries = 150, seed = "20260101", shrinking = ShrinkingMode.OFF)
  void networksThatLookAheadAreTheSameOnceTheyAreFlushed(@ForAll long seed) {
    check(seed, false);
  }

  /** Each of these lengths has a rest of its own, of which a plan does not keep as many. */
  @Test
  void signalsOfManyLengthsEnd() {
    int kernel = 61;
    float[] taps = new float[kernel];
    for (int i = 0; i < kernel; i++) {
      taps[i] = i % 5 - 2;
    }
    try (Tensor weights = Tensor.of(Shape.of(kernel, 1, 1), taps)) {
      Conv1D layer = Conv1D.of(1, kernel).padding(Padding.SAME).useBias(false);
      InputSpec signal = new InputSpec("signal", List.of(InputSpec.ANY, InputSpec.ANY, 1L));
      Model model = Model.sequential(signal).add(layer, Weights.of(weights)).build();
      try (RandomStreams.Drawn drawn =
              new RandomStreams.Drawn(model, List.of(), List.of("a convolution of 61 taps"));
          StreamPlan plan =
              StreamPlan.compile(
                  model, StreamOptions.of(8).withLookAhead(true), DataType.FLOAT32, engine)) {
        for (int frames = 1; frames <= 50; frames++) {
          compare(drawn, plan, frames, new Random(frames));
          compare(drawn, plan, 1, new Random(frames));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SimpleRNN", "LSTM", "GRU"})
  void recurrentLayersGoOnWhereTheyWere(String kind) {
    try (RandomStreams.Drawn drawn = RecurrentStreams.next(kind, false);
        StreamPlan plan =
            StreamPlan.compile(drawn.model(), StreamOptions.of(13), DataType.FLOAT32, engine);
        Stream stream = plan.newStream();
        Stream other = plan.newStream()) {
      Random random = new Random(5);
      int frames = 90;
      float[] signal = new float[frames * 3];
      for (int i = 0; i < signal.length; i++) {
        signal[i] = (float) random.nextGaussian();
      }
      float[] expected = offline(drawn, plan, signal, frames);
      float[] actual = new float[expected.length];
      assertThat(Cuts.run(stream, signal, frames, actual, random) * 2).isEqualTo(expected.length);
      assertThat(actual).containsExactly(expected, within(1e-5f));
      other.process(signal, 13, new float[100]);
      stream.restore(other.snapshot());
      float[] next = new float[2];
      stream.process(signal, 13 * 3, 1, next, 0);
      int at = (13 - (frames - expected.length / 2)) * 2;
      assertThat(next).containsExactly(Arrays.copyOfRange(expected, at, at + 2), within(1e-5f));
      stream.reset();
      Cuts.run(stream, signal, frames, actual, random);
      assertThat(actual).containsExactly(expected, within(1e-5f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SimpleRNN", "LSTM", "GRU"})
  void recurrentLayersThatGoBackwardsAreRefused(String kind) {
    try (RandomStreams.Drawn drawn = RecurrentStreams.next(kind, true)) {
      assertThatThrownBy(
              () ->
                  StreamPlan.compile(drawn.model(), StreamOptions.of(13), DataType.FLOAT32, engine))
          .isInstanceOf(NotStreamableException.class)
          .hasMessageContaining("recurrent");
    }
  }

  private void check(long seed, boolean causal) {
    Random random = new Random(seed);
    try (RandomStreams.Drawn drawn = RandomStreams.next(random, causal)) {
      StreamOptions options =
          StreamOptions.of(1 + random.nextInt(MAX_FRAMES))
              .withLookAhead(!causal)
              .withCompileOptions(CompileOptions.DEFAULT.withExact(true).withThreads(1));
      try (StreamPlan plan = StreamPlan.compile(drawn.model(), options, DataType.FLOAT32, engine)) {
        streamed++;
        for (int i = 0; i < 3; i++) {
          // Where Keras pads by the length of the signal, whole periods are defined.
          int period = causal ? 1 : plan.periodFrames();
          compare(drawn, plan, random.nextInt(150) / period * period, random);
        }
        Batches.compare(plan, drawn.layers().toString(), random);
      } catch (NotStreamableException refusal) {
        refused++;
        assertThat(refusal)
            .as(drawn.layers().toString())
            .hasMessageContaining("cannot be streamed");
        assertThat(causal).as(drawn.layers() + ": " + refusal.getMessage()).isFalse();
      }
      assertThat(refused).isLessThanOrEqualTo(2 + streamed / 3);
    }
  }

  private void compare(RandomStreams.Drawn drawn, StreamPlan plan, int frames, Random random) {
    float[] signal = new float[(int) elements(plan.inputShape(1)) * frames];
    for (int i = 0; i < signal.length; i++) {
      signal[i] = random.nextInt(5) - 2;
    }
    String what = drawn.layers() + ", " + frames + " frames";
    try (Stream stream = plan.newStream()) {
      float[] expected = offline(drawn, plan, signal, frames);
      int each = (int) elements(plan.outputShape(1));
      float[] actual = new float[(frames + MAX_FRAMES) * 12 * each + expected.length];
      int returned = Cuts.run(stream, signal, frames, actual, random);
      assertThat(returned).as(what).isLessThanOrEqualTo(expected.length / each);
      Outputs.assertExact(
          what, doubles(actual, 0, returned * each), doubles(expected, 0, returned * each));
      float[] tail = new float[expected.length + 1000];
      int flushed = stream.flush(tail);
      Outputs.assertExact(
          what + ", flushed",
          doubles(tail, 0, flushed * each),
          doubles(expected, returned * each, expected.length));
    }
  }

  /** What the reference makes of the whole signal; nothing if the network takes none so short. */
  private static float[] offline(
      RandomStreams.Drawn drawn, StreamPlan plan, float[] signal, int frames) {
    Shape shape = plan.inputShape(Math.max(1, frames));
    try {
      drawn.model().outputShape(shape);
    } catch (org.conv4j.error.Conv4jException tooShort) {
      return new float[0];
    }
    if (frames == 0) {
      return new float[0];
    }
    try (Plan whole =
            drawn
                .model()
                .compile(
                    shape,
                    DataType.FLOAT32,
                    Engines.byName(ReferenceEngine.NAME),
                    CompileOptions.DEFAULT.withThreads(1));
        Session session = whole.newSession();
        Tensor input = Tensor.of(shape, signal);
        Tensor output = Tensor.allocate(DataType.FLOAT32, whole.outputShape())) {
      session.run(input, output);
      return output.toFloatArray();
    }
  }

  private static double[] doubles(float[] values, int from, int to) {
    double[] doubles = new double[Math.max(0, to - from)];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[from + i];
    }
    return doubles;
  }

  private static long elements(Shape shape) {
    return shape.elementCount();
  }
}
