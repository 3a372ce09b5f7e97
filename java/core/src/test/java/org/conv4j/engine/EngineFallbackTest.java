package org.conv4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.conv4j.activation.Activation;
import org.conv4j.error.EngineUnavailableException;
import org.conv4j.error.UnsupportedByEngineException;
import org.conv4j.op.Eltwise;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.junit.jupiter.api.Test;

class EngineFallbackTest {
  private static final Eltwise OP = new Eltwise(Shape.of(3), Activation.TANH);

  @Test
  void anUnavailableEngineIsPassedOverWithItsReasonInTheLog() {
    List<LogRecord> records =
        logged(
            () ->
                assertThat(Engines.best(DataType.FLOAT32).name()).isNotEqualTo(BrokenEngine.NAME));
    assertThat(records).hasSize(1);
    assertThat(records.get(0).getLevel()).isEqualTo(Level.WARNING);
    assertThat(records.get(0).getMessage()).contains("'broken'");
    assertThat(records.get(0).getThrown()).isSameAs(BrokenEngine.CAUSE);
  }

  @Test
  void theUserSaysWhichEngineReplacesOneThatCannotBeUsedAndTheLogSaysSoOnce() {
    Fallback fallback = Fallback.to(BrokenEngine.NAME, "java");
    List<LogRecord> records =
        logged(
            () -> {
              for (int i = 0; i < 3; i++) {
                assertThat(Engines.byName(BrokenEngine.NAME, DataType.FLOAT32, fallback).name())
                    .isEqualTo("java");
              }
            });
    assertThat(records).hasSize(1);
    assertThat(records.get(0).getLevel()).isEqualTo(Level.WARNING);
    assertThat(records.get(0).getMessage()).contains("'broken'", "'java'");
    assertThat(records.get(0).getThrown()).isSameAs(BrokenEngine.CAUSE);
  }

  @Test
  void withoutAFallbackAnEngineIsNotReplaced() {
    assertThatThrownBy(() -> Engines.byName(BrokenEngine.NAME, DataType.FLOAT32, Fallback.none()))
        .isInstanceOf(EngineUnavailableException.class)
        .hasCause(BrokenEngine.CAUSE);
    assertThatThrownBy(() -> Engines.byName("java", DataType.FLOAT32, Fallback.to("abacus")).name())
        .isInstanceOf(EngineUnavailableException.class)
        .hasMessageContaining("'abacus'");
  }

  @Test
  void enginesOfAChainThatCannotBeUsedHaveDeclined() {
    EngineChain chain =
        EngineChain.of(new DecliningEngine(), Fallback.to(BrokenEngine.NAME, "java"));
    ChainedOp chained =
        chain.compile(OP, OpTypes.of(OP, DataType.FLOAT32), List.of(), CompileOptions.DEFAULT);
    assertThat(chained.engine()).isEqualTo("java");
    assertThat(chained.declined())
        .containsExactly(
            new Declined(DecliningEngine.NAME, DecliningEngine.REASON),
            new Declined(
                BrokenEngine.NAME, "cannot be used here: " + BrokenEngine.CAUSE.getMessage()));
    chained.op().close();
  }

  @Test
  void withNobodyBehindADeclinedOpIsRefusedWithTheReason() {
    assertThatThrownBy(
            () ->
                new DecliningEngine()
                    .compileAlone(OP, DataType.FLOAT32, List.of(), CompileOptions.DEFAULT))
        .isInstanceOf(UnsupportedByEngineException.class)
        .hasMessageContaining(DecliningEngine.REASON);
  }

  private static List<LogRecord> logged(Runnable action) {
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
      action.run();
      return records;
    } finally {
      logger.removeHandler(handler);
    }
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
