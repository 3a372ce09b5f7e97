package org.conv4j.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FreeBlocksTest {
  @Test
  void aBlockThatWasGivenBackIsTakenAgain() {
    FreeBlocks blocks = new FreeBlocks();
    long first = blocks.take(64);
    long second = blocks.take(64);
    blocks.give(first, 64);
    assertThat(blocks.take(64)).isEqualTo(first);
    assertThat(second).isEqualTo(64);
    assertThat(blocks.end()).isEqualTo(128);
  }

  @Test
  void neighboursBecomeOneBlock() {
    FreeBlocks blocks = new FreeBlocks();
    for (int i = 0; i < 3; i++) {
      blocks.take(64);
    }
    blocks.give(0, 64);
    blocks.give(128, 64);
    blocks.give(64, 64);
    assertThat(blocks.take(192)).isZero();
    assertThat(blocks.end()).isEqualTo(192);
  }

  @Test
  void whatIsTakenNeverOverlaps() {
    Random random = new Random(1);
    FreeBlocks blocks = new FreeBlocks();
    List<long[]> taken = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      if (!taken.isEmpty() && random.nextInt(5) < 2) {
        long[] block = taken.remove(random.nextInt(taken.size()));
        blocks.give(block[0], block[1]);
        continue;
      }
      long bytes = 64 * (1 + random.nextInt(9));
      long offset = blocks.take(bytes);
      assertThat(taken).noneMatch(b -> b[0] < offset + bytes && offset < b[0] + b[1]);
      taken.add(new long[] {offset, bytes});
      assertThat(offset + bytes).isLessThanOrEqualTo(blocks.end());
    }
  }
}
