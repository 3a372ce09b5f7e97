package org.conv4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.merging.Add;
import org.conv4j.layer.pooling.MaxPooling1D;
import org.conv4j.shape.Shape;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.Test;

/** A batch of 0, and other extents of 0. */
class EmptyBatchTest {
  private static final Model POOLING =
      Model.sequential().add(MaxPooling1D.of(2), Weights.none()).build();

  @Test
  void aBatchOfZeroHasAnEmptyOutput() {
    assertThat(POOLING.outputShape(Shape.ofElements(0, 8, 4))).isEqualTo(Shape.ofElements(0, 4, 4));
  }

  @Test
  void anotherExtentOfZeroIsRefused() {
    for (Shape shape : List.of(Shape.ofElements(1, 0, 4), Shape.ofElements(0, 8, 0))) {
      assertThatThrownBy(() -> POOLING.outputShape(shape))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining("no other extent of 0; given " + shape);
    }
  }

  @Test
  void theInputsMustAgree() {
    InputSpec pairs = new InputSpec("left", List.of(InputSpec.ANY, 4L));
    FunctionalBuilder builder = Model.functional();
    SymbolicTensor left = builder.input(pairs);
    SymbolicTensor right = builder.input(new InputSpec("right", pairs.dims()));
    Model sum = builder.build(builder.apply(Add.of(), Weights.none(), left, right));
    assertThatThrownBy(() -> sum.outputShapes(List.of(Shape.ofElements(0, 4), Shape.of(2, 4))))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("Input 'right' must have a batch of 0");
  }
}
