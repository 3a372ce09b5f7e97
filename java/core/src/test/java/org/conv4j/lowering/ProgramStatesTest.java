package org.conv4j.lowering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.conv4j.activation.Activation;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.op.Eltwise;
import org.conv4j.optimize.Optimizer;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.ValueType;
import org.junit.jupiter.api.Test;

class ProgramStatesTest {
  private static final Shape SHAPE = Shape.of(2, 3);
  private static final ValueType TYPE = ValueType.of(DataType.FLOAT32, SHAPE);

  private static Step step(int from, int to) {
    return new Step(
        "step " + to, new Eltwise(SHAPE, Activation.LINEAR), List.of(from), to, List.of());
  }

  /** Value 0 is the input, 1 the state; 2 is what takes its place, 3 the output. */
  private static Program program(State... states) {
    return new Program(
        List.of(TYPE),
        Map.of(),
        List.of(states),
        List.of(step(0, 2), step(1, 3)),
        List.of(3),
        List.of(SHAPE));
  }

  @Test
  void everyValueHasAKindAndAType() {
    assertThat(program(new State(1, TYPE, 2)).values())
        .containsExactly(
            Map.entry(0, new ProgramValue(ValueKind.INPUT, TYPE)),
            Map.entry(1, new ProgramValue(ValueKind.STATE, TYPE)),
            Map.entry(2, new ProgramValue(ValueKind.STATE, TYPE)),
            Map.entry(3, new ProgramValue(ValueKind.OUTPUT, TYPE)));
  }

  @Test
  void aStateIsConvertedAndHasNoParts() {
    Program program = program(new State(1, TYPE, 2));
    assertThat(program.as(DataType.FLOAT64).dataType()).contains(DataType.FLOAT64);
    assertThat(program.part(2)).isEmpty();
  }

  @Test
  void optimizingLosesNoState() {
    Program optimized = Optimizer.optimize(program(new State(1, TYPE, 2)));
    assertThat(optimized.states()).containsExactly(new State(1, TYPE, 2));
    assertThat(optimized.values()).containsKeys(0, 1, 2, 3);
  }

  @Test
  void whatTakesAStatesPlaceIsWrittenByAStepForItAlone() {
    assertThatThrownBy(() -> program(new State(1, TYPE, 0)))
        .isInstanceOf(InvalidLayerException.class);
    assertThatThrownBy(() -> program(new State(1, TYPE, 3)))
        .isInstanceOf(InvalidLayerException.class);
    assertThatThrownBy(() -> program(new State(1, TYPE, 7)))
        .isInstanceOf(InvalidLayerException.class);
    assertThatThrownBy(() -> program(new State(1, TYPE, 2), new State(4, TYPE, 2)))
        .isInstanceOf(InvalidLayerException.class);
    assertThatThrownBy(() -> program(new State(0, TYPE, 2)))
        .isInstanceOf(InvalidLayerException.class);
  }

  @Test
  void whatTakesAStatesPlaceIsOfItsType() {
    assertThatThrownBy(() -> program(new State(1, TYPE.withShape(Shape.of(7)), 2)))
        .isInstanceOf(ShapeMismatchException.class);
    assertThatThrownBy(() -> program(new State(1, TYPE.withDataType(DataType.FLOAT64), 2)))
        .isInstanceOf(ShapeMismatchException.class);
  }
}
