package org.conv4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.conv4j.error.EngineUnavailableException;
import org.conv4j.tensor.DataType;
import org.junit.jupiter.api.Test;

class EngineFallbackTest {
  @Test
  void anUnavailableEngineIsPassedOverWithItsReasonInTheLog() {
    List<LogRecord> records = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            records.add(entry);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(Engines.class.getName());
    logger.addHandler(handler);
    try {
      assertThat(Engines.best(DataType.FLOAT32).name()).isNotEqualTo(BrokenEngine.NAME);
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(records).hasSize(1);
    assertThat(records.get(0).getLevel()).isEqualTo(Level.WARNING);
    assertThat(records.get(0).getMessage()).contains("'broken'");
    assertThat(records.get(0).getThrown()).isSameAs(BrokenEngine.CAUSE);
  }

  @Test
  void askingForAnUnavailableEngineIsAnErrorWithItsReasonAndNeverAFallback() {
    assertThatThrownBy(() -> Engines.byName(BrokenEngine.NAME))
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("no libbroken")
        .hasCause(BrokenEngine.CAUSE);
  }

  @Test
  void anUnavailableEngineIsNotOfferedForAType() {
    assertThat(Engines.namesFor(DataType.FLOAT32)).doesNotContain(BrokenEngine.NAME);
  }
}
