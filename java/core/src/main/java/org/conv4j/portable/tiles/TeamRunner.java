package org.conv4j.portable.tiles;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.conv4j.engine.OpRunner;
import org.conv4j.team.Team;
import org.conv4j.tensor.Tensor;

/** Runs tiles on several threads, each taking the next tile when it is done with one. */
final class TeamRunner implements OpRunner {
  private final int tiles;
  private final Team team;
  private final AtomicInteger next = new AtomicInteger();
  private Tensor[] inputs;
  private Tensor output;

  TeamRunner(Tiles tiles, int threads) {
    this.tiles = tiles.count();
    this.team =
        new Team(
            Stream.generate(tiles::newWorker)
                .limit(threads)
                .<Runnable>map(worker -> () -> work(worker))
                .toList());
  }

  @Override
  public void run(Tensor[] in, Tensor out) {
    inputs = in;
    output = out;
    next.set(0);
    try {
      team.run();
    } finally {
      inputs = null;
      output = null;
    }
  }

  private void work(Tiles.Worker worker) {
    for (int tile = next.getAndIncrement(); tile < tiles; tile = next.getAndIncrement()) {
      worker.run(tile, inputs, output);
    }
  }

  @Override
  public void close() {}
}
