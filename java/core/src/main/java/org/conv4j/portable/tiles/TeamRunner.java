package org.conv4j.portable.tiles;

import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.conv4j.engine.OpRunner;
import org.conv4j.team.Team;
import org.conv4j.tensor.Tensor;

/** Runs tiles on several threads. */
final class TeamRunner implements OpRunner {
  private final int tiles;
  private final Team team;
  private Tensor[] inputs;
  private Tensor output;

  TeamRunner(Tiles tiles, int threads) {
    this.tiles = tiles.count();
    this.team =
        new Team(
            Stream.generate(tiles::newWorker)
                .limit(threads)
                .<IntConsumer>map(worker -> tile -> worker.run(tile, inputs, output))
                .toList());
  }

  @Override
  public void run(Tensor[] in, Tensor out) {
    inputs = in;
    output = out;
    try {
      team.run(tiles);
    } finally {
      inputs = null;
      output = null;
    }
  }

  @Override
  public void close() {}
}
