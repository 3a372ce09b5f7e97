package org.conv4j.testkit.stream;

import java.util.Random;
import org.conv4j.stream.Stream;

/** Gives a signal to a stream in pieces. */
final class Cuts {
  private Cuts() {}

  /** Pieces of random lengths; returns how many frames were returned. */
  static int run(Stream stream, float[] signal, int frames, float[] output, Random random) {
    int most = stream.plan().maxFrames();
    int each = Math.toIntExact(stream.plan().inputShape(1).elementCount());
    int eachOutput = Math.toIntExact(stream.plan().outputShape(1).elementCount());
    int done = 0;
    int returned = 0;
    while (done < frames) {
      int drawn = random.nextBoolean() ? random.nextInt(most + 1) : random.nextInt(3);
      int next = Math.min(Math.min(drawn, most), frames - done);
      returned += stream.process(signal, done * each, next, output, returned * eachOutput);
      done += next;
    }
    return returned;
  }
}
