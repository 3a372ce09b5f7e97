package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.engine.CompileOptions;
import org.conv4j.machine.Machine;
import org.conv4j.onednn.kernel.NativeWinogradDeconvolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;

@AddLifecycleHook(NeedsNativeLibrary.class)
class NativeWinogradDeconvolutionTest {
  private static final String WINOGRAD = "native-winograd";

  @Property(tries = 300)
  void staysWithinTheErrorBoundForEveryPhaseOfTheStride(
      @ForAll @IntRange(min = 1, max = 2) int rank,
      @ForAll @IntRange(min = 2, max = 5) int taps,
      @ForAll @IntRange(min = 1, max = 40) int channels,
      @ForAll @IntRange(min = 1, max = 40) int filters,
      @ForAll Random random) {
    IntTuple strides = IntTuple.generate(rank, i -> 1 + random.nextInt(3));
    IntTuple kernel =
        IntTuple.generate(
            rank, i -> strides.get(i) * (taps - 1) + 1 + random.nextInt(strides.get(i)));
    IntTuple begin = IntTuple.generate(rank, i -> random.nextInt(kernel.get(i)));
    IntTuple end = IntTuple.generate(rank, i -> random.nextInt(kernel.get(i)));
    IntTuple input = IntTuple.generate(rank, i -> taps + 1 + random.nextInt(9));
    WinogradErrors.assertWithinBound(
        op(
            1 + random.nextInt(2),
            channels,
            filters,
            input,
            window(kernel, strides, begin, end),
            WinogradErrors.activation(random)),
        random);
  }

  @Example
  void staysWithinTheErrorBoundOnTheLayersOfGenerators() {
    WinogradErrors.assertWithinBound(square(28, 64, 32, 4, 2, 1), new Random(1));
    WinogradErrors.assertWithinBound(square(32, 64, 3, 4, 2, 1), new Random(2));
    WinogradErrors.assertWithinBound(square(7, 128, 64, 5, 2, 1), new Random(3));
    WinogradErrors.assertWithinBound(square(7, 256, 128, 5, 1, 2), new Random(4));
  }

  @Example
  void isChosenUnlessTheResultMustBeExact() {
    Deconvolution op = square(32, 64, 3, 4, 2, 1);
    assertThat(WinogradErrors.kernel(op, CompileOptions.DEFAULT)).isEqualTo(WINOGRAD);
    assertThat(WinogradErrors.kernel(op, CompileOptions.DEFAULT.withExact(true)))
        .isEqualTo("direct");
  }

  @Example
  void leavesAloneWhatSavesTooLittle() {
    assertThat(pays(square(32, 64, 64, 4, 2, 1))).isTrue();
    assertThat(pays(square(32, 64, 64, 2, 2, 0))).isFalse();
    assertThat(pays(square(32, 64, 64, 3, 2, 0))).isFalse();
    assertThat(pays(square(4, 64, 64, 4, 2, 1))).isFalse();
    assertThat(pays(square(10, 64, 64, 4, 2, 1))).isFalse();
    assertThat(pays(square(32, 4, 64, 4, 2, 1))).isFalse();
  }

  private static boolean pays(Deconvolution op) {
    return new NativeWinogradDeconvolution().cost(op, Machine.ZEN4, 1).orElse(Double.MAX_VALUE)
        <= 1;
  }

  private static Deconvolution square(
      int extent, int channels, int filters, int kernel, int stride, int cut) {
    IntTuple padding = IntTuple.of(cut, cut);
    Window window =
        window(IntTuple.of(kernel, kernel), IntTuple.of(stride, stride), padding, padding);
    return op(1, channels, filters, IntTuple.of(extent, extent), window, Activation.LINEAR);
  }

  private static Window window(IntTuple kernel, IntTuple strides, IntTuple begin, IntTuple end) {
    return new Window(kernel, strides, IntTuple.generate(kernel.size(), i -> 1), begin, end);
  }

  private static Deconvolution op(
      int batch, int channels, int filters, IntTuple input, Window window, Elementwise activation) {
    int rank = window.rank();
    long[] from = new long[rank + 2];
    long[] to = new long[rank + 2];
    from[0] = to[0] = batch;
    for (int i = 0; i < rank; i++) {
      from[i + 1] = input.get(i);
      to[i + 1] =
          (input.get(i) - 1L) * window.strides().get(i)
              + window.kernel().get(i)
              - window.padBegin().get(i)
              - window.padEnd().get(i);
    }
    from[rank + 1] = channels;
    to[rank + 1] = filters;
    return new Deconvolution(Shape.of(from), Shape.of(to), window, true, activation);
  }
}
