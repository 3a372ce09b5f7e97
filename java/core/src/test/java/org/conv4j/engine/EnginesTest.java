package org.conv4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.conv4j.error.EngineUnavailableException;
import org.conv4j.error.InvalidArgumentException;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.tensor.DataType;
import org.junit.jupiter.api.Test;

class EnginesTest {
  @Test
  void theReferenceEngineIsAlwaysFound() {
    assertThat(Engines.byName("reference")).isInstanceOf(ReferenceEngine.class);
    assertThat(Engines.namesFor(DataType.FLOAT64)).contains("reference");
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Engines.byName("abacus"))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("'abacus'")
        .hasMessageContaining("reference");
  }

  @Test
  void enginesComeByFallingPriorityAndTheBestOneIsAvailable() {
    assertThat(Engines.all())
        .isSortedAccordingTo((a, b) -> Integer.compare(b.priority(), a.priority()));
    for (DataType type : DataType.values()) {
      assertThat(Engines.best(type).isAvailable()).isTrue();
      assertThat(Engines.best(type).dataTypes()).contains(type);
    }
  }

  @Test
  void aNegativeNumberOfThreadsIsRefused() {
    assertThatThrownBy(() -> CompileOptions.DEFAULT.withThreads(-1))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void enginesAreUsableWhileTheyAreBeingPrepared() {
    Engines.prepare();
    Engines.prepare();
    assertThat(Engines.byName(ReferenceEngine.NAME).isAvailable()).isTrue();
  }
}
