package org.conv4j.portable;

import static org.assertj.core.api.Assertions.assertThat;

import org.conv4j.machine.Machine;
import org.conv4j.portable.convolution.TileSize;
import org.conv4j.portable.tiles.Threads;
import org.junit.jupiter.api.Test;

class ThreadsTest {
  private static final Machine MACHINE = Machine.ZEN4.withWakeNanoseconds(10_000);
  private static final long WORTH_WAKING = (long) (10_000 * MACHINE.javaFlopsPerNanosecond());

  @Test
  void eachThreadHasWorkForAsLongAsItTakesToWakeOne() {
    assertThat(Threads.forWork(MACHINE, 8, 2 * WORTH_WAKING - 1)).isEqualTo(1);
    assertThat(Threads.forWork(MACHINE, 8, 2 * WORTH_WAKING)).isEqualTo(2);
    assertThat(Threads.forWork(MACHINE, 8, 7 * WORTH_WAKING)).isEqualTo(7);
  }

  @Test
  void thereAreNoMoreThanAllowed() {
    assertThat(Threads.forWork(MACHINE, 2, Long.MAX_VALUE)).isEqualTo(2);
    assertThat(Threads.forWork(MACHINE, 1, Long.MAX_VALUE)).isEqualTo(1);
  }

  @Test
  void whereThreadsWakeSlowlyFewerAreWoken() {
    Machine slow = MACHINE.withWakeNanoseconds(40_000);
    assertThat(Threads.forWork(slow, 8, 8 * WORTH_WAKING)).isEqualTo(2);
  }

  @Test
  void aLargerCacheHoldsLongerRuns() {
    Machine small = MACHINE.withSecondLevelCache(256 << 10);
    Machine large = MACHINE.withSecondLevelCache(1 << 20);
    assertThat(TileSize.of(64, 1, 1, small).run()).isLessThan(TileSize.of(64, 1, 1, large).run());
  }
}
