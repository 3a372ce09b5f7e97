package org.conv4j.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineTest {
  @Test
  void theHostHasACache() {
    assertThat(Machine.host().secondLevelCache()).isBetween(1L << 17, 1L << 26);
    assertThat(Machine.host()).isSameAs(Machine.host());
  }

  @ParameterizedTest
  @CsvSource({"1024K, 1048576", "2M, 2097152", "256K, 262144"})
  void readsTheSizesThatLinuxWrites(String text, long bytes) {
    assertThat(Machine.bytes(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1024", "K", "many", "1x"})
  void readsNothingElse(String text) {
    assertThatThrownBy(() -> Machine.bytes(text)).isInstanceOf(NumberFormatException.class);
  }

  @Test
  void workTakesTimeForItsOperationsAndElements() {
    assertThat(Machine.ZEN4.nanoseconds(1_000, 0)).isEqualTo(10);
    assertThat(Machine.ZEN4.nanoseconds(1_000, 100)).isEqualTo(20);
  }
}
