package org.conv4j.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conv4j.reference.Computed.numbers;

import java.util.List;
import org.conv4j.op.Concat;
import org.conv4j.op.Pad;
import org.conv4j.op.Permute;
import org.conv4j.op.Slice;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.junit.jupiter.api.Test;

class ReferenceCopiesTest {
  private static final Shape MATRIX = Shape.of(2, 3);
  private static final double[] ONE_TO_SIX = {1, 2, 3, 4, 5, 6};

  @Test
  void aPermutationOfAMatrixIsItsTranspose() {
    assertThat(Computed.by(new Permute(MATRIX, IntTuple.of(1, 0))).from(ONE_TO_SIX))
        .containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void theFirstAxisOfAPermutationIsTheOneItNames() {
    Permute toTheFront = new Permute(Shape.of(1, 2, 3), IntTuple.of(2, 0, 1));
    assertThat(toTheFront.output()).isEqualTo(Shape.of(3, 1, 2));
    assertThat(Computed.by(toTheFront).from(ONE_TO_SIX)).containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void aSliceTakesEveryOtherElementFromItsBeginOn() {
    Slice slice = new Slice(MATRIX, IntTuple.of(1, 0), IntTuple.of(1, 2), Shape.of(1, 2));
    assertThat(Computed.by(slice).from(ONE_TO_SIX)).containsExactly(4, 6);
  }

  @Test
  void aSliceOfNegativeStepGoesBackwards() {
    Slice slice = new Slice(MATRIX, IntTuple.of(1, 2), IntTuple.of(-1, -1), MATRIX);
    assertThat(Computed.by(slice).from(ONE_TO_SIX)).containsExactly(6, 5, 4, 3, 2, 1);
  }

  @Test
  void paddingSurroundsEachAxisOnItsOwn() {
    Pad pad = new Pad(MATRIX, IntTuple.of(1, 0), IntTuple.of(0, 2), -7);
    assertThat(Computed.by(pad).from(ONE_TO_SIX))
        .containsExactly(-7, -7, -7, -7, -7, 1, 2, 3, -7, -7, 4, 5, 6, -7, -7);
  }

  @Test
  void concatenationAlongTheLastAxisJoinsRows() {
    Concat concat = new Concat(List.of(MATRIX, Shape.of(2, 1), Shape.of(2, 2)), 1);
    assertThat(Computed.by(concat).from(ONE_TO_SIX, numbers(10, 20), numbers(-1, -2, -3, -4)))
        .containsExactly(1, 2, 3, 10, -1, -2, 4, 5, 6, 20, -3, -4);
  }

  @Test
  void concatenationAlongTheFirstAxisJoinsTensors() {
    Concat concat = new Concat(List.of(MATRIX, Shape.of(1, 3)), 0);
    assertThat(Computed.by(concat).from(ONE_TO_SIX, numbers(7, 8, 9)))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
  }
}
