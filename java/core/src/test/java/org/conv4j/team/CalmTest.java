package org.conv4j.team;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CalmTest {
  private static final long LOOK = Calm.BETWEEN_LOOKS;

  /** Any number: the clock's zero may be anywhere, also just before it overflows. */
  private static final long START = Long.MAX_VALUE - LOOK;

  private boolean hasFreeProcessor;
  private int looks;
  private final Calm calm = new Calm(START, this::look);

  private boolean look() {
    looks++;
    return hasFreeProcessor;
  }

  /** A caller has waited for all of some time. */
  private void disturb(long now) {
    calm.add(now, 0, Calm.WATCHED);
  }

  @Test
  void aCallerThatWaitedLittleDisturbsNothing() {
    calm.add(START, Calm.WATCHED - Calm.WATCHED / 4, Calm.WATCHED / 4);
    assertThat(calm.at(START)).isTrue();
    assertThat(looks).isZero();
  }

  @Test
  void pausesGetLongerAndEndByThemselves() {
    disturb(START);
    assertThat(calm.at(START)).isFalse();
    assertThat(calm.at(START + Calm.LEAST_WHILE - 1)).isFalse();
    long next = START + Calm.LEAST_WHILE;
    assertThat(calm.at(next)).isTrue();
    disturb(next);
    assertThat(calm.at(next + 2 * Calm.LEAST_WHILE - 1)).isFalse();
    assertThat(calm.at(next + 2 * Calm.LEAST_WHILE)).isTrue();
  }

  @Test
  void aPauseEndsEarlyWhenTwoLooksFindAFreeProcessor() {
    hasFreeProcessor = true;
    disturb(START);
    assertThat(calm.at(START + LOOK)).isFalse();
    assertThat(calm.at(START + 2 * LOOK - 1)).as("too early to look again").isFalse();
    assertThat(looks).isEqualTo(1);
    assertThat(calm.at(START + 2 * LOOK)).isTrue();
    assertThat(calm.at(START + 2 * LOOK + 1)).as("and stays ended").isTrue();
    assertThat(looks).isEqualTo(2);
  }

  @Test
  void aLookThatFindsNoneBeginsTheCountAgain() {
    hasFreeProcessor = true;
    disturb(START);
    assertThat(calm.at(START + LOOK)).isFalse();
    hasFreeProcessor = false;
    assertThat(calm.at(START + 2 * LOOK)).isFalse();
    hasFreeProcessor = true;
    assertThat(calm.at(START + 3 * LOOK)).isFalse();
    assertThat(calm.at(START + 4 * LOOK)).isTrue();
  }
}
