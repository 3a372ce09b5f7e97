package org.conv4j.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.conv4j.reference.Computed.numbers;

import org.conv4j.activation.Activation;
import org.conv4j.op.Convolution;
import org.conv4j.op.InnerProduct;
import org.conv4j.op.MatMul;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.junit.jupiter.api.Test;

class ReferenceProductsTest {
  @Test
  void everyRowIsMultipliedWithTheMatrix() {
    InnerProduct product = new InnerProduct(Shape.of(2, 1, 2), 3, false, Activation.LINEAR);
    assertThat(product.output()).isEqualTo(Shape.of(2, 1, 3));
    assertThat(
            Computed.by(product).with(Shape.of(2, 3), 1, 2, 3, 4, 5, 6).from(numbers(1, 0, 1, 10)))
        .containsExactly(1, 2, 3, 41, 52, 63);
  }

  @Test
  void biasAndActivationFollowTheProduct() {
    InnerProduct product = new InnerProduct(Shape.of(1, 2), 2, true, Activation.RELU);
    assertThat(
            Computed.by(product)
                .with(Shape.of(2, 2), 1, 2, 3, 4)
                .with(Shape.of(2), -8, 0.5)
                .from(numbers(1, 2)))
        .containsExactly(0, 10.5);
  }

  @Test
  void everyMatrixOfTheBatchHasItsPartner() {
    MatMul product = new MatMul(Shape.of(2, 1, 2), Shape.of(2, 2, 2));
    assertThat(Computed.by(product).from(numbers(1, 2, 3, 4), numbers(1, 2, 3, 4, 1, 0, 0, 1)))
        .containsExactly(7, 10, 3, 4);
  }

  @Test
  void theResidualIsAddedBeforeTheActivation() {
    IntTuple one = IntTuple.of(1);
    IntTuple zero = IntTuple.of(0);
    Shape input = Shape.of(1, 2, 1);
    Shape output = Shape.of(1, 2, 2);
    Window window = new Window(one, one, one, zero, zero);
    Convolution op = new Convolution(input, output, window, 1, true, true, Activation.RELU);
    assertThat(
            Computed.by(op)
                .with(Shape.of(1, 1, 2), 1, -1)
                .with(Shape.of(2), 0, 10)
                .from(numbers(5, 6), numbers(100, -3, -7, -5)))
        .containsExactly(105, 2, 0, 0);
  }
}
