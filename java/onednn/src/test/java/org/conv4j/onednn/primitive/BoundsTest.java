package org.conv4j.onednn.primitive;

import static org.assertj.core.api.Assertions.assertThat;

import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.onednn.binding.NativeFunction;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Normalization;
import org.conv4j.op.Pad;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What oneDNN takes seconds and gigabytes to plan does not get there; what networks have does. */
class BoundsTest {
  @ParameterizedTest
  @CsvSource({
    "4, 7922, 2, false",
    "67108863, 2, 1, false",
    "2097152, 2, 3, false",
    "1000, 512, 256, true",
    "200000, 4, 1, true",
    "30000, 4, 4, true"
  })
  void transposedConvolutionsAreBounded(int extent, int kernel, int stride, boolean taken) {
    int outputs = (extent - 1) * stride + kernel;
    IntTuple none = IntTuple.of(0);
    Window window =
        new Window(IntTuple.of(kernel), IntTuple.of(stride), IntTuple.of(1), none, none);
    Deconvolution op =
        new Deconvolution(
            Shape.of(1, extent, 4), Shape.of(1, outputs, 4), window, false, Activation.LINEAR);
    assertThat(Bounds.takes(op)).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource({"1, 1048572, true", "1, 1048573, false", "2, 32764, true", "2, 32765, false"})
  void linesOfSeveralAreShorter(int lines, int extent, boolean taken) {
    IntTuple one = IntTuple.of(1, 1);
    IntTuple none = IntTuple.of(0, 0);
    Window window = new Window(IntTuple.of(1, 5), IntTuple.of(2, 1), one, none, none);
    Deconvolution op =
        new Deconvolution(
            Shape.of(1, lines, extent, 1),
            Shape.of(1, 2 * lines - 1, extent + 4, 1),
            window,
            false,
            Activation.LINEAR);
    assertThat(Bounds.takes(op)).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource({"4194304, true", "4194305, false"})
  void whatIsNormalizedTogetherIsBounded(int length, boolean taken) {
    Normalization op =
        new Normalization(
            Shape.of(2, 1, length),
            IntTuple.of(2),
            Normalization.Kind.ROOT_MEAN_SQUARE,
            1e-3,
            Shape.of(1, 1, 1),
            false,
            false);
    assertThat(Bounds.takes(op)).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource({"40727, false", "2049, false", "2048, true", "512, true"})
  void paddingIsBoundedWhereItsSquareIsAllocated(int padding, boolean taken) {
    Pad pad =
        new Pad(Shape.of(1, 1, 32), IntTuple.of(0, padding, 0), IntTuple.of(0, padding, 0), 0);
    assertThat(Bounds.takes(pad)).isEqualTo(taken);
    IntTuple one = IntTuple.of(1);
    Window window =
        new Window(IntTuple.of(2), one, one, IntTuple.of(padding), IntTuple.of(padding));
    assertThat(Bounds.takes(convolution(window, 32))).isEqualTo(taken);
    assertThat(Bounds.takes(convolution(window, 1))).isTrue();
  }

  private static Convolution convolution(Window window, int groups) {
    Shape output = Shape.of(1, 63 + 2L * window.padBegin().get(0), 32);
    return new Convolution(Shape.of(1, 64, 32), output, window, groups, false, Activation.LINEAR);
  }

  @Test
  void parametersThatFloatsDoNotHoldAreLeftToJava() {
    assertThat(PostOps.chain(new Elementwise.Elu(1e300))).isEmpty();
    assertThat(PostOps.chain(new Elementwise.Celu(1e-300))).isEmpty();
    assertThat(NativeFunction.of(new Elementwise.Relu(1, 1e300, 0))).isEmpty();
    assertThat(PostOps.chain(new Elementwise.Elu(1))).isPresent();
    assertThat(NativeFunction.of(Activation.RELU)).contains(NativeFunction.RECTIFIER);
  }
}
