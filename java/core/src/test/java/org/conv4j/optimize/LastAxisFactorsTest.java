package org.conv4j.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Constant;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastAxisFactorsTest {
  private static double[] numbers(int count) {
    return IntStream.range(0, count).mapToDouble(i -> (i % 97 - 48) / 8.0).toArray();
  }

  /** None is a float: a factor that was rounded before the product shows. */
  private static double[] factors(int extent) {
    return IntStream.range(0, extent).mapToDouble(i -> 1.0 / (2 * i + 3)).toArray();
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "3, 7", "17, 1000", "4096, 3", "4103, 2"})
  void eachColumnOfATensorHasItsFactor(int extent, int rows) {
    double[] numbers = numbers(rows * extent);
    double[] factors = factors(extent);
    for (DataType dataType : DataType.values()) {
      try (Tensor tensor = Tensor.allocate(dataType, Shape.of(rows, extent)).copyFrom(numbers)) {
        new LastAxisFactors(extent).scale(tensor, factors);
        double[] expected =
            IntStream.range(0, numbers.length)
                .mapToDouble(i -> numbers[i] * factors[i % extent])
                .map(x -> dataType == DataType.FLOAT32 ? (float) x : x)
                .toArray();
        assertThat(tensor.toDoubleArray()).as("%s", dataType).isEqualTo(expected);
      }
    }
  }

  /**
   * Weights of a whole network would otherwise pile up until the next garbage collection. Where
   * Java has arenas, memory comes from them, and no bean counts it.
   */
  @Test
  void theMemoryOfATensorIsFreedAtOnce() {
    BufferPoolMXBean direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .findFirst()
            .orElseThrow();
    for (DataType dataType : DataType.values()) {
      long before = direct.getMemoryUsed();
      Tensor tensor = Tensor.allocate(dataType, Shape.of(1000, 3));
      new LastAxisFactors(3).scale(tensor, factors(3));
      long bytes = 3000L * dataType.bytes();
      long open = direct.getMemoryUsed();
      tensor.close();
      Assumptions.assumeTrue(open - before >= bytes, "the memory is counted");
      assertThat(open - direct.getMemoryUsed()).as("%s", dataType).isGreaterThanOrEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 5", "3, 2, 7", "3, 4, 1", "17, 20, 100", "100, 30, 20", "100, 30, 75"})
  void aPartBeginsAnywhereInARow(int extent, int begin, int count) {
    double[] numbers = numbers(count + 2);
    double[] factors = factors(extent);
    Constant.Factors byColumn = new LastAxisFactors(extent);
    double[] expected =
        IntStream.range(0, numbers.length)
            .mapToDouble(i -> i < count ? numbers[i] * factors[byColumn.of(begin + i)] : numbers[i])
            .toArray();
    byColumn.scale(begin, numbers, count, factors);
    assertThat(numbers).isEqualTo(expected);
  }
}
