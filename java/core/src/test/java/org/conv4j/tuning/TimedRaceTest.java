package org.conv4j.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.conv4j.op.Op;
import org.conv4j.op.Softmax;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.junit.jupiter.api.Test;

class TimedRaceTest {
  private static final Op OP = new Softmax(Shape.of(2, 3), 1, false);

  private final AtomicLong clock = new AtomicLong();
  private final TimedRace race = new TimedRace(clock::get);

  @Test
  void theFastestWins() {
    assertThat(winner(op(50_000), op(30_000), op(40_000))).isEqualTo(1);
  }

  @Test
  void theOnePreferredWithoutTimingStaysIfOthersAreHardlyFaster() {
    assertThat(winner(op(50_000), op(49_000), op(60_000))).isZero();
  }

  @Test
  void whoIsFarBehindRunsTwiceAndNoMore() {
    FakeOp slow = op(5_000_000);

    winner(op(40_000), slow);

    assertThat(slow.runs).isEqualTo(2);
  }

  @Test
  void slowOpsRunFewRounds() {
    FakeOp slow = op(1_000_000_000);

    winner(slow, op(900_000_000));

    assertThat(slow.runs).isEqualTo(2 + 3);
  }

  @Test
  void opsTooShortForTheClockStillHaveAWinner() {
    assertThat(winner(op(0), op(0))).isZero();
  }

  @Test
  void runnersAreClosedAndOpsAreLeftToTheCaller() {
    FakeOp first = op(10_000);
    FakeOp second = op(20_000);

    winner(first, second);

    assertThat(List.of(first.openRunners, second.openRunners)).containsExactly(0, 0);
    assertThat(List.of(first.closed, second.closed)).containsExactly(false, false);
  }

  private int winner(FakeOp... ops) {
    return race.winner(List.of(ops), OP, DataType.FLOAT32);
  }

  private FakeOp op(long nanoseconds) {
    return new FakeOp("fake", clock, nanoseconds);
  }
}
