package org.conv4j.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.conv4j.reference.Computed.numbers;

import org.conv4j.activation.Activation;
import org.conv4j.activation.RecurrentCell;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.op.Recurrence;
import org.conv4j.op.Recurrence.Masking;
import org.conv4j.shape.Shape;
import org.junit.jupiter.api.Test;

class ReferenceRecurrenceTest {
  /** Adds up what it reads. */
  private static final RecurrentCell SUM = new RecurrentCell.Simple(Activation.LINEAR);

  private static final RecurrentCell LINEAR_LSTM =
      new RecurrentCell.Lstm(Activation.LINEAR, Activation.LINEAR, Activation.LINEAR, false);

  private static final RecurrentCell PEEPING_LSTM =
      new RecurrentCell.Lstm(Activation.LINEAR, Activation.LINEAR, Activation.LINEAR, true);

  private static Recurrence sums(boolean reverse, Masking masking, boolean sequence, int finals) {
    return new Recurrence(Shape.of(1, 3, 1), SUM, false, reverse, masking, false, sequence, finals);
  }

  @Test
  void everyStepGoesOnWithTheStateOfTheOneBefore() {
    Recurrence op = sums(false, Masking.NONE, true, 1);
    assertThat(op.output()).isEqualTo(Shape.of(1, 4, 1));
    assertThat(Computed.by(op).with(Shape.of(1, 1), 1).from(numbers(1, 10, 100)))
        .containsExactly(1, 11, 111, 111);
  }

  @Test
  void theLastStepComesFirstInReverse() {
    assertThat(
            Computed.by(sums(true, Masking.NONE, true, 1))
                .with(Shape.of(1, 1), 1)
                .from(numbers(1, 10, 100)))
        .containsExactly(111, 110, 100, 111);
  }

  @Test
  void theStateIsMultipliedWithTheKernelAndHasABias() {
    Recurrence op =
        new Recurrence(Shape.of(1, 2, 2), SUM, true, false, Masking.NONE, true, false, 1);
    assertThat(
            Computed.by(op)
                .with(Shape.of(2, 2), 1, 2, 0, 3)
                .with(Shape.of(2), 0.5, 0)
                .from(numbers(1, 2, 0, 0), numbers(1, 1)))
        // (1, 1) becomes (1 + 1 + 0.5, 2 + 2 + 3), and this (2.5 + 0.5, 5 + 21).
        .containsExactly(3, 26);
  }

  @Test
  void aMaskedStepLeavesTheStateAndRepeatsTheOutput() {
    assertThat(
            Computed.by(sums(false, Masking.HOLD, true, 1))
                .with(Shape.of(1, 1), 1)
                .from(numbers(1, 10, 100), numbers(0, 1, 0)))
        .containsExactly(0, 10, 10, 10);
  }

  @Test
  void theOutputOfAMaskedStepMayBeZero() {
    assertThat(
            Computed.by(sums(true, Masking.ZERO, true, 1))
                .with(Shape.of(1, 1), 1)
                .from(numbers(1, 10, 100), numbers(0, 1, 1)))
        .containsExactly(0, 110, 100, 110);
  }

  @Test
  void whatAMaskedStepReadsDoesNotMatter() {
    assertThat(
            Computed.by(sums(false, Masking.HOLD, true, 0))
                .with(Shape.of(1, 1), 1)
                .from(numbers(1, Double.NaN, 100), numbers(1, 0, 1)))
        .containsExactly(1, 1, 101);
  }

  @Test
  void theGatesOfAnLstmAreInputForgetCandidateOutput() {
    Recurrence op =
        new Recurrence(Shape.of(1, 1, 4), LINEAR_LSTM, false, false, Masking.NONE, true, true, 2);
    // c' = 3 * 7 + 2 * 5 = 31, h' = 11 * 31.
    assertThat(
            Computed.by(op)
                .with(Shape.of(1, 4), 0, 0, 0, 0)
                .from(numbers(2, 3, 5, 11), numbers(1), numbers(7)))
        .containsExactly(341, 341, 31);
  }

  @Test
  void peepholesShowTheOldStateToTwoGatesAndTheNewOneToTheThird() {
    Recurrence op =
        new Recurrence(Shape.of(1, 1, 4), PEEPING_LSTM, false, false, Masking.NONE, true, false, 2);
    // i = 2 + 7, f = 3 + 2 * 7, c' = 17 * 7 + 9 * 5 = 164, o = 11 + 3 * 164.
    assertThat(
            Computed.by(op)
                .with(Shape.of(1, 4), 0, 0, 0, 0)
                .with(Shape.of(3, 1), 1, 2, 3)
                .from(numbers(2, 3, 5, 11), numbers(1), numbers(7)))
        .containsExactly(503 * 164, 164);
  }

  @Test
  void aGruResetsTheStateBeforeOrAfterTheProduct() {
    for (boolean after : new boolean[] {false, true}) {
      RecurrentCell cell = new RecurrentCell.Gru(Activation.LINEAR, Activation.LINEAR, after);
      Recurrence op =
          new Recurrence(Shape.of(1, 1, 3), cell, true, false, Masking.NONE, true, false, 1);
      // z = 2, r = 3, and the candidate 5 + 3 * 7 * 10 + 1, or 5 + 3 * (7 * 10 + 1).
      double candidate = after ? 5 + 3 * 71 : 5 + 210 + 1;
      assertThat(
              Computed.by(op)
                  .with(Shape.of(1, 3), 0, 0, 10)
                  .with(Shape.of(3), 0, 0, 1)
                  .from(numbers(2, 3, 5), numbers(7)))
          .containsExactly(2 * 7 + (1 - 2) * candidate);
    }
  }

  @Test
  void rejectsNumbersThatDoNotFit() {
    assertThatThrownBy(() -> sums(false, Masking.NONE, false, 0))
        .isInstanceOf(InvalidLayerException.class)
        .hasMessage(
            "A Recurrence writes the sequence, or from 1 to 1 final states, or both; given 0.");
    assertThatThrownBy(() -> sums(false, Masking.NONE, false, 2))
        .isInstanceOf(InvalidLayerException.class);
    assertThatThrownBy(
            () ->
                new Recurrence(
                    Shape.of(1, 3, 6), LINEAR_LSTM, false, false, Masking.NONE, false, true, 0))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessage(
            "A Recurrence reads (batch, steps, units for each of 4 gates); given the input (1, 3, 6).");
  }
}
