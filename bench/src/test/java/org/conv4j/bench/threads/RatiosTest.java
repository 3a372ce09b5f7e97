package org.conv4j.bench.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatiosTest {
  @Test
  void theRatioIsThatOfPairsAndNotOfMedians() {
    Ratios ratios =
        Ratios.of(List.of(new Pair(1, 2), new Pair(10, 5), new Pair(100, 100), new Pair(4, 4)));

    assertThat(ratios.first()).isEqualTo(7);
    assertThat(ratios.second()).isEqualTo(4.5);
    assertThat(ratios.low()).isEqualTo(0.875);
    assertThat(ratios.ratio()).isEqualTo(1);
    assertThat(ratios.high()).isEqualTo(1.25);
  }

  @Test
  void bothWaysTakeTurnsAtBeingFirst() {
    Iterator<Double> times = List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0).iterator();

    List<Pair> pairs = new Turns(1, 3, 0).pairs(times::next, times::next);

    assertThat(pairs).containsExactly(new Pair(1, 2), new Pair(4, 3), new Pair(5, 6));
  }

  @Test
  void helpersThatCostMoreThanNoiseAreSlower() {
    assertThat(latency(true, 1.2).isSlower()).isTrue();
    assertThat(latency(true, 1.01).isSlower()).isFalse();
    assertThat(latency(false, 1.2).isSlower()).isFalse();
  }

  @Test
  void manyCallersMayLoseATwentieth() {
    assertThat(new Throughput("case", ratio(0.94)).isTooLow()).isTrue();
    assertThat(new Throughput("case", ratio(0.96)).isTooLow()).isFalse();
  }

  private static Latency latency(boolean helped, double ratio) {
    return new Latency("case", "2", helped, ratio(ratio));
  }

  private static Ratios ratio(double ratio) {
    return Ratios.of(List.of(new Pair(1, ratio)));
  }
}
