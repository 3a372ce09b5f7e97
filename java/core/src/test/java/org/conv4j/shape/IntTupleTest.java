package org.conv4j.shape;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IntTupleTest {
  @Test
  void theCallersArrayIsCopied() {
    int[] values = {1, 2};
    IntTuple tuple = IntTuple.of(values);
    values[0] = 9;
    tuple.toArray()[1] = 9;
    assertThat(tuple).isEqualTo(IntTuple.of(1, 2)).hasSameHashCodeAs(IntTuple.of(1, 2));
  }

  @Test
  void extremesAndAll() {
    assertThat(IntTuple.of(3, -1, 2).min()).isEqualTo(-1);
    assertThat(IntTuple.of(3, -1, 2).max()).isEqualTo(3);
    assertThat(IntTuple.filled(3, 4).all(4)).isTrue();
    assertThat(IntTuple.of(4, 5).all(4)).isFalse();
    assertThat(IntTuple.of().all(4)).isTrue();
  }

  @Test
  void prependAddsBeforeTheFirst() {
    assertThat(IntTuple.of(2, 3).prepend(1)).isEqualTo(IntTuple.of(1, 2, 3));
  }

  @Test
  void printsAsPythonDoes() {
    assertThat(IntTuple.of(3, 3)).hasToString("(3, 3)");
    assertThat(IntTuple.of(3)).hasToString("(3,)");
  }
}
