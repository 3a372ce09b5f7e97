package org.conv4j.bench.stream;

import java.util.Arrays;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.conv4j.bench.models.ModelFiles;
import org.conv4j.bench.models.ModelPeer;
import org.conv4j.bench.peer.PeerRun;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.model.Model;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Shape;
import org.conv4j.stream.Stream;
import org.conv4j.stream.StreamOptions;
import org.conv4j.stream.StreamPlan;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/** Times streams of a network and the recomputing of windows by turns, on one thread. */
public final class StreamRace {
  /** What roundings may add up to, for outputs whose largest is 1. */
  private static final double BOUND = 1e-4;

  private static final CompileOptions ONE_THREAD = CompileOptions.DEFAULT.withThreads(1);

  private final String name;
  private final Model model;
  private final Engine engine;
  private final int rounds;
  private final long nanoseconds;

  /** One of the two ways, which is run again and again. */
  private interface Way {
    void run() throws Exception;
  }

  /**
   * Sets what to time.
   *
   * @param name what the network is called
   * @param model the network, one signal in and one out
   * @param engine who runs its streams
   * @param rounds how many turns each way gets
   * @param milliseconds the least duration of a turn
   */
  public StreamRace(String name, Model model, Engine engine, int rounds, int milliseconds) {
    if (rounds < 1 || milliseconds < 1) {
      throw new InvalidArgumentException(
          "Rounds and milliseconds must be at least 1; given %d and %d."
              .formatted(rounds, milliseconds));
    }
    this.name = name;
    this.model = model;
    this.engine = engine;
    this.rounds = rounds;
    this.nanoseconds = milliseconds * 1_000_000L;
  }

  /**
   * Times calls of some frames.
   *
   * @param frames how many
   * @param rival who recomputes the window; null for a plan of the same engine
   * @param files the network's files for the rival
   * @return the measurement
   * @throws Exception the rival's own error
   */
  public StreamMeasurement measure(int frames, ModelPeer rival, ModelFiles files) throws Exception {
    try (StreamPlan plan = plan(frames);
        Stream stream = plan.newStream()) {
      float[] in = noise(Math.toIntExact(plan.inputShape(frames).elementCount()));
      float[] out = new float[Math.toIntExact(plan.outputShape(frames).elementCount())];
      int window = Math.toIntExact(plan.receptiveFieldFrames() - 1 + frames);
      Shape input = plan.inputShape(window);
      try (Plan whole = model.compile(input, DataType.FLOAT32, engine, ONE_THREAD);
          Session session = whole.newSession();
          Tensor given = Tensor.of(input, noise(Math.toIntExact(input.elementCount())));
          Tensor made = Tensor.allocate(DataType.FLOAT32, whole.outputShape());
          PeerRun peer = rival == null ? null : rival.load(files, input, whole.outputShape(), 1)) {
        if (peer != null) {
          given.copyTo(peer.input().duplicate());
        }
        Way recompute = peer == null ? () -> session.run(given, made) : peer::run;
        recompute.run();
        if (peer != null) {
          made.copyFrom(peer.output().duplicate());
        }
        verify(stream, frames, given.toFloatArray(), made.toFloatArray());
        stream.warmUp();
        long products = whole.flops() / 2;
        return race(
            frames,
            () -> stream.process(in, frames, out),
            recompute,
            products * frames / window,
            products);
      }
    }
  }

  /** What follows from frames of the window alone must be the same. */
  private void verify(Stream stream, int frames, float[] window, float[] expected) {
    int each = stream.plan().inputShape(1).intDim(2);
    int eachOutput = stream.plan().outputShape(1).intDim(2);
    float[] output = new float[frames * eachOutput];
    int first = window.length / each % frames;
    stream.process(window, 0, first, output, 0);
    for (int at = first * each; at < window.length; at += frames * each) {
      stream.process(window, at, frames, output, 0);
    }
    double largest = 0;
    double error = 0;
    for (int i = 0; i < output.length; i++) {
      float wanted = expected[expected.length - output.length + i];
      largest = Math.max(largest, Math.abs(wanted));
      error = Math.max(error, Math.abs(wanted - output[i]));
    }
    if (!(error <= BOUND * largest)) {
      throw new Conv4jException(
          "The stream of '%s' differs from its window by %s; the largest output is %s."
              .formatted(name, error, largest));
    }
  }

  private StreamPlan plan(int frames) {
    StreamOptions options = StreamOptions.of(frames);
    return StreamPlan.compile(model, options, DataType.FLOAT32, engine);
  }

  private StreamMeasurement race(
      int frames, Way stream, Way window, long streamProducts, long windowProducts)
      throws Exception {
    time(stream);
    time(window);
    double[] ratios = new double[rounds];
    double least = Double.POSITIVE_INFINITY;
    double leastWindow = Double.POSITIVE_INFINITY;
    for (int i = 0; i < rounds; i++) {
      double one = time(stream);
      double other = time(window);
      ratios[i] = other / one;
      least = Math.min(least, one);
      leastWindow = Math.min(leastWindow, other);
    }
    Arrays.sort(ratios);
    return new StreamMeasurement(
        name, frames, least, leastWindow, ratios[rounds / 2], streamProducts, windowProducts);
  }

  /** The mean time of the calls of a turn's fastest tenth part. */
  private double time(Way way) throws Exception {
    double least = Double.POSITIVE_INFINITY;
    int calls = 1;
    long begin = System.nanoTime();
    long end = begin;
    while (end - begin < nanoseconds) {
      long start = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        way.run();
      }
      end = System.nanoTime();
      least = Math.min(least, (end - start) / (double) calls);
      if (end - start < nanoseconds / 10) {
        calls *= 2;
      }
    }
    return least;
  }

  /**
   * Times each of many calls.
   *
   * @param frames how many frames a call gives
   * @param chunks how many calls
   * @return the nanoseconds that they took
   */
  public Histogram histogram(int frames, int chunks) {
    Histogram times = new Histogram(3);
    try (StreamPlan plan = plan(frames);
        Stream stream = plan.newStream()) {
      float[] in = noise(Math.toIntExact(plan.inputShape(frames).elementCount()));
      float[] out = new float[Math.toIntExact(plan.outputShape(frames).elementCount())];
      for (int i = 0; i < 20_000; i++) {
        stream.process(in, frames, out);
      }
      long before = System.nanoTime();
      for (int i = 0; i < chunks; i++) {
        stream.process(in, frames, out);
        long now = System.nanoTime();
        times.recordValue(now - before);
        before = now;
      }
    }
    return times;
  }

  private static float[] noise(int count) {
    Random random = new Random(count);
    float[] noise = new float[count];
    for (int i = 0; i < count; i++) {
      noise[i] = (float) random.nextGaussian() / 4;
    }
    return noise;
  }
}
