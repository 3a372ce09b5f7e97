package org.conv4j.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ConstantTest {
  /** Neither a multiple of the chunk nor of the number of factors. */
  private static final int COUNT = 2 * Constant.CHUNK + 17;

  private static final Shape SHAPE = Shape.of(COUNT);

  private static Constant numbers() {
    return Constant.of(SHAPE, IntStream.range(0, COUNT).mapToDouble(i -> i % 251).toArray());
  }

  private static Constant factors(double... factors) {
    return Constant.of(Shape.of(factors.length), factors);
  }

  private static double[] expected() {
    double[] byThree = {2, 3, 5};
    double[] byTwo = {7, -1};
    return IntStream.range(0, COUNT)
        .mapToDouble(i -> (i % 251) * byThree[i % 3] * byTwo[i % 2])
        .toArray();
  }

  private static Constant scaledTwice(Constant base) {
    Constant once = new Constant.Scaled(base, factors(2, 3, 5), i -> i % 3);
    return new Constant.Scaled(once, factors(7, -1), i -> i % 2);
  }

  @Test
  void everyElementIsMultipliedWithItsFactors() {
    assertThat(scaledTwice(numbers()).elements()).isEqualTo(expected());
  }

  @Test
  void aTensorIsScaledToo() {
    for (DataType dataType : DataType.values()) {
      try (Tensor tensor = Tensor.allocate(dataType, SHAPE).copyFrom(numbers().elements())) {
        assertThat(scaledTwice(new Constant.Given(tensor)).elements()).isEqualTo(expected());
      }
    }
  }

  /** Counts what is read and remembers it, so that tests see whether it was freed. */
  private static Constant stored(DataType dataType, List<Tensor> reads) {
    return new Constant.Stored(
        SHAPE,
        () -> {
          reads.add(Tensor.allocate(dataType, SHAPE).copyFrom(numbers().elements()));
          return reads.get(reads.size() - 1);
        });
  }

  @Test
  void whatIsKeptElsewhereIsReadAnewAndFreed() {
    for (DataType kept : DataType.values()) {
      for (DataType wanted : DataType.values()) {
        List<Tensor> reads = new ArrayList<>();
        Constant twice = scaledTwice(stored(kept, reads));
        Constant once = new Constant.Scaled(stored(kept, reads), factors(1), i -> 0);
        assertThat(twice.elements()).isEqualTo(expected());
        try (Tensor scaledTwice = twice.copyAs(wanted);
            Tensor scaledOnce = once.copyAs(wanted);
            Tensor unscaled = stored(kept, reads).copyAs(wanted)) {
          assertThat(scaledTwice.toDoubleArray()).isEqualTo(expected());
          assertThat(scaledOnce.toDoubleArray()).isEqualTo(numbers().elements());
          assertThat(unscaled.toDoubleArray()).isEqualTo(numbers().elements());
        }
        assertThat(reads).hasSize(4).allMatch(Tensor::isClosed);
      }
    }
  }

  @Test
  void aFailedReadLeavesNothingOpen() {
    List<Tensor> reads = new ArrayList<>();
    Constant odd = new Constant.Scaled(stored(DataType.FLOAT32, reads), factors(1), i -> i);
    for (DataType wanted : DataType.values()) {
      assertThatThrownBy(() -> odd.copyAs(wanted))
          .isInstanceOf(ArrayIndexOutOfBoundsException.class);
    }
    assertThat(reads).hasSize(2).allMatch(Tensor::isClosed);
  }

  @Test
  void anotherShapeHasTheSameNumbers() {
    Shape column = Shape.of(COUNT, 1);
    List<Tensor> reads = new ArrayList<>();
    try (Tensor given = Tensor.allocate(DataType.FLOAT32, SHAPE).copyFrom(numbers().elements())) {
      for (Constant constant :
          List.of(
              new Constant.Given(given),
              numbers(),
              stored(DataType.FLOAT64, reads),
              new Constant.Scaled(numbers(), factors(1), i -> 0))) {
        Constant reshaped = constant.reshape(column);
        assertThat(reshaped.shape()).isEqualTo(column);
        assertThat(reshaped.elements()).isEqualTo(numbers().elements());
        try (Tensor copy = reshaped.copyAs(DataType.FLOAT32)) {
          assertThat(copy.shape()).isEqualTo(column);
          assertThat(copy.toDoubleArray()).isEqualTo(numbers().elements());
        }
      }
    }
    assertThat(reads).allMatch(Tensor::isClosed);
  }

  @Test
  void copiesAreWholeInEveryType() {
    for (DataType dataType : DataType.values()) {
      try (Tensor copy = scaledTwice(numbers()).copyAs(dataType)) {
        assertThat(copy.dataType()).isEqualTo(dataType);
        assertThat(copy.shape()).isEqualTo(SHAPE);
        assertThat(copy.toDoubleArray()).isEqualTo(expected());
      }
    }
  }

  @Test
  void theMemoryOfACopyIsFreedWithIt() {
    Tensor copy = scaledTwice(numbers()).copyAs(DataType.FLOAT32);
    copy.close();
    assertThat(copy.isClosed()).isTrue();
  }
}
