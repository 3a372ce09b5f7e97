package org.conv4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.merging.Add;
import org.conv4j.layer.pooling.MaxPooling1D;
import org.conv4j.layer.reshaping.Cropping1D;
import org.conv4j.layer.reshaping.UpSampling1D;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.Test;

/** What is said about inputs that are too small for a model. */
class MisfitTest {
  private static final InputSpec ANY_LENGTH =
      new InputSpec("x", List.of(InputSpec.ANY, InputSpec.ANY, 8L));

  @Test
  void theLeastInputIsNamedAndTaken() {
    Model model = Model.sequential(ANY_LENGTH).add(Cropping1D.of(600, 600), Weights.none()).build();
    for (boolean lower : new boolean[] {false, true}) {
      assertThatThrownBy(() -> use(model, 64, lower))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining("Layer 'cropping1d'")
          .hasMessageEndingWith(
              " The model needs at least 1201 along axis 1 of input 'x'; given 64.");
    }
    assertThat(model.outputShape(Shape.of(2, 1201, 8))).isEqualTo(Shape.of(2, 1, 8));
  }

  private static void use(Model model, long length, boolean lower) {
    Shape input = Shape.of(1, length, 8);
    if (lower) {
      model.lower(input);
    } else {
      model.shapes(List.of(input));
    }
  }

  @Test
  void whereNotEveryLargerInputWillDoTheNextIsNamed() {
    FunctionalBuilder builder = Model.functional();
    SymbolicTensor x = builder.input(ANY_LENGTH);
    SymbolicTensor half = builder.apply(MaxPooling1D.of(2), Weights.none(), x);
    SymbolicTensor whole = builder.apply(UpSampling1D.of(2), Weights.none(), half);
    Model model = builder.build(builder.apply(Add.of(), Weights.none(), x, whole));
    assertThatThrownBy(() -> model.shapes(List.of(Shape.of(1, 7, 8))))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageEndingWith(
            " The next that the model takes is 8 along axis 1 of input 'x'; given 7.");
  }

  @Test
  void nothingIsPromisedWhereNoInputWillDo() {
    Model model =
        Model.sequential(new InputSpec("x", List.of(InputSpec.ANY, 64L, 8L)))
            .add(Cropping1D.of(600, 600), Weights.none())
            .build();
    assertThatThrownBy(() -> model.shapes(List.of(Shape.of(1, 64, 8))))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageNotContaining("The model");
  }
}
