package org.conv4j.portable.tiles;

import java.util.List;
import org.conv4j.tensor.Tensor;

/** An op in several parts that write different elements, each cut into tiles of its own. */
public record JoinedTiles(List<Tiles> parts) implements Tiles {
  @Override
  public int count() {
    int count = 0;
    for (int i = 0; i < parts.size(); i++) {
      count += parts.get(i).count();
    }
    return count;
  }

  @Override
  public Worker newWorker() {
    Worker[] workers = parts.stream().map(Tiles::newWorker).toArray(Worker[]::new);
    return (tile, inputs, output) -> run(workers, tile, inputs, output);
  }

  private void run(Worker[] workers, int tile, Tensor[] inputs, Tensor output) {
    int rest = tile;
    int part = 0;
    while (rest >= parts.get(part).count()) {
      rest -= parts.get(part).count();
      part++;
    }
    workers[part].run(rest, inputs, output);
  }
}
