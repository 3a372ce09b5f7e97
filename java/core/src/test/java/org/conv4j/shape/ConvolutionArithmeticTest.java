package org.conv4j.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.shape.ConvolutionArithmetic.Extent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionArithmeticTest {
  @ParameterizedTest
  @CsvSource({
    "10, 3, 1, 1, VALID, 8, 0, 0",
    "10, 3, 2, 1, VALID, 4, 0, 0",
    "10, 3, 1, 2, VALID, 6, 0, 0",
    "10, 3, 3, 2, VALID, 2, 0, 0",
    " 3, 3, 5, 1, VALID, 1, 0, 0",
    " 2, 3, 1, 1, VALID, 0, 0, 0",
    "10, 3, 1, 1, SAME, 10, 1, 1",
    "10, 3, 2, 1, SAME, 5, 0, 1",
    "11, 3, 2, 1, SAME, 6, 1, 1",
    "10, 2, 1, 1, SAME, 10, 0, 1",
    "10, 1, 3, 1, SAME, 4, 0, 0",
    " 2, 7, 1, 1, SAME, 2, 3, 3",
    " 5, 3, 1, 4, SAME, 5, 4, 4",
    "10, 3, 1, 1, CAUSAL, 10, 2, 0",
    "10, 3, 2, 2, CAUSAL, 5, 4, 0",
    " 2, 7, 1, 1, CAUSAL, 2, 6, 0"
  })
  void convolutionByHand(
      long n, int k, int s, int d, Padding padding, long output, int begin, int end) {
    assertThat(ConvolutionArithmetic.convolution(n, k, s, d, padding))
        .isEqualTo(new Extent(output, begin, end));
  }

  /** Output length, then what is cut from the begin and the end of the (n-1)s+k' full output. */
  @ParameterizedTest
  @CsvSource({
    "4, 3, 1, 1, VALID, , 6, 0, 0",
    "4, 3, 2, 1, VALID, , 9, 0, 0",
    "4, 2, 3, 1, VALID, , 12, 0, -1",
    "4, 3, 2, 1, VALID, 1, 10, 0, -1",
    "4, 3, 1, 2, VALID, , 8, 0, 0",
    "4, 3, 1, 1, SAME, , 4, 1, 1",
    "4, 3, 2, 1, SAME, , 8, 0, 1",
    "4, 4, 2, 1, SAME, , 8, 1, 1",
    "4, 1, 3, 1, SAME, , 12, 0, -2",
    "4, 3, 2, 1, SAME, 0, 7, 1, 1",
    "4, 3, 2, 1, SAME, 1, 8, 0, 1",
    "1, 2, 1, 1, SAME, 0, 0, 1, 1"
  })
  void transposedByHand(
      long n, int k, int s, int d, Padding padding, Integer extra, long output, int cut, int end) {
    Extent extent = ConvolutionArithmetic.transposed(n, k, s, d, padding, extra);
    assertThat(extent.output()).isEqualTo(output);
    assertThat((n - 1) * s + (k - 1) * d + 1 - extent.padBegin() - extent.padEnd())
        .isEqualTo(output);
    assertThat(extent.padBegin()).isEqualTo(cut);
    assertThat(extent.padEnd()).isEqualTo(end);
  }

  @Property
  void validCountsThePositionsAtWhichTheKernelFits(
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(min = 1, max = 9) int k,
      @ForAll @IntRange(min = 1, max = 5) int s,
      @ForAll @IntRange(min = 1, max = 4) int d) {
    int fits = 0;
    for (int start = 0; start + (k - 1) * d < n; start += s) {
      fits++;
    }
    assertThat(ConvolutionArithmetic.convolution(n, k, s, d, Padding.VALID).output())
        .isEqualTo(fits);
  }

  @Property
  void samePadsAsLittleAsReachesEveryStrideAndBiasesTheEnd(
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(min = 1, max = 9) int k,
      @ForAll @IntRange(min = 1, max = 5) int s,
      @ForAll @IntRange(min = 1, max = 4) int d) {
    int outputs = 0;
    for (int start = 0; start < n; start += s) {
      outputs++;
    }
    int total = 0;
    while (n + total < (outputs - 1) * s + (k - 1) * d + 1) {
      total++;
    }
    Extent extent = ConvolutionArithmetic.convolution(n, k, s, d, Padding.SAME);
    assertThat(extent.output()).isEqualTo(outputs);
    assertThat(extent.padBegin() + extent.padEnd()).isEqualTo(total);
    assertThat(extent.padEnd() - extent.padBegin()).isBetween(0, 1);
  }

  @Property
  void causalPaddingNeverLooksAhead(
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(min = 1, max = 50) int k,
      @ForAll @IntRange(min = 1, max = 5) int s,
      @ForAll @IntRange(min = 1, max = 4) int d) {
    Extent extent = ConvolutionArithmetic.convolution(n, k, s, d, Padding.CAUSAL);
    for (int o = 0; o < extent.output(); o++) {
      int latest = o * s - extent.padBegin() + (k - 1) * d;
      assertThat(latest).isEqualTo(o * s).isLessThan(n);
    }
    assertThat(extent.output()).isEqualTo((n + s - 1) / s);
    assertThat(extent.padEnd()).isZero();
  }

  @Test
  void numbersThatWouldOverflowAreRefused() {
    int huge = Integer.MAX_VALUE;
    assertThatThrownBy(() -> ConvolutionArithmetic.convolution(9, huge, 1, huge, Padding.SAME))
        .isInstanceOf(ShapeMismatchException.class);
    assertThatThrownBy(() -> ConvolutionArithmetic.convolution(1L << 31, 3, huge, 1, Padding.VALID))
        .isInstanceOf(ShapeMismatchException.class);
    assertThatThrownBy(
            () -> ConvolutionArithmetic.transposed(1L << 31, 3, 2, 1, Padding.SAME, null))
        .isInstanceOf(ShapeMismatchException.class);
  }
}
