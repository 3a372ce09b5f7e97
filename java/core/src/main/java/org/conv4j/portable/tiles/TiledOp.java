package org.conv4j.portable.tiles;

import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.Scratchpad;
import org.conv4j.tensor.Tensor;

/**
 * An op that runs tile by tile on one or more threads.
 *
 * @param kernel the name of the candidate
 * @param implementation its description
 * @param tiles the parts
 * @param threads how many threads share them, at least 1
 */
public record TiledOp(String kernel, String implementation, Tiles tiles, int threads)
    implements CompiledOp {

  @Override
  public long scratchpadBytes() {
    return 0;
  }

  @Override
  public OpRunner newRunner(Scratchpad scratchpad) {
    return threads > 1 ? new TeamRunner(tiles, threads) : new SoloRunner(tiles, tiles.newWorker());
  }

  @Override
  public void close() {}

  private record SoloRunner(Tiles tiles, Tiles.Worker worker) implements OpRunner {
    @Override
    public void run(Tensor[] inputs, Tensor output) {
      int count = tiles.count();
      for (int tile = 0; tile < count; tile++) {
        worker.run(tile, inputs, output);
      }
    }

    @Override
    public void close() {}
  }
}
