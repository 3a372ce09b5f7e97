package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.machine.Machine;
import org.conv4j.onednn.binding.NativeKernel;
import org.conv4j.onednn.kernel.NativeWinogradConvolution;
import org.conv4j.op.Convolution;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;

@AddLifecycleHook(NeedsNativeLibrary.class)
class NativeWinogradConvolutionTest {
  private static final String WINOGRAD = "native-winograd";
  private static final IntTuple ONE = IntTuple.of(1, 1);
  private static final IntTuple TWO = IntTuple.of(2, 2);
  private static final IntTuple THREE = IntTuple.of(3, 3);

  @Property(tries = 300)
  void staysWithinTheErrorBoundAroundTheEdgesOfTiles(
      @ForAll @IntRange(min = 1, max = 2) int batch,
      @ForAll @IntRange(min = 2, max = 5) int taps,
      @ForAll @IntRange(min = 1, max = 40) int channels,
      @ForAll @IntRange(min = 1, max = 70) int filters,
      @ForAll Random random) {
    IntTuple kernel = IntTuple.of(taps, taps);
    IntTuple dilation = IntTuple.generate(2, i -> 1 + random.nextInt(2));
    assertWithinBound(batch, kernel, dilation, 1, channels, filters, random);
  }

  @Property(tries = 100)
  void staysWithinTheErrorBoundOnSequences(
      @ForAll @IntRange(min = 2, max = 5) int taps,
      @ForAll @IntRange(min = 1, max = 9) int dilation,
      @ForAll @IntRange(min = 1, max = 70) int channels,
      @ForAll Random random) {
    assertWithinBound(2, IntTuple.of(taps), IntTuple.of(dilation), 1, channels, 40, random);
  }

  @Property(tries = 50)
  void staysWithinTheErrorBoundOnVolumes(
      @ForAll @IntRange(min = 1, max = 3) int depth,
      @ForAll @IntRange(min = 1, max = 40) int channels,
      @ForAll Random random) {
    IntTuple kernel = IntTuple.of(depth, 3, 3);
    assertWithinBound(1, kernel, IntTuple.of(1, 1, 1), 1, channels, 20, random);
  }

  @Property(tries = 100)
  void staysWithinTheErrorBoundWithGroups(
      @ForAll @IntRange(min = 2, max = 9) int groups,
      @ForAll @IntRange(min = 1, max = 20) int channels,
      @ForAll @IntRange(min = 1, max = 40) int filters,
      @ForAll Random random) {
    assertWithinBound(1, THREE, ONE, groups, channels, filters, random);
  }

  private static void assertWithinBound(
      int batch,
      IntTuple kernel,
      IntTuple dilation,
      int groups,
      int channelsPerGroup,
      int filtersPerGroup,
      Random random) {
    int rank = kernel.size();
    IntTuple reach = IntTuple.generate(rank, i -> (kernel.get(i) - 1) * dilation.get(i));
    IntTuple begin = IntTuple.generate(rank, i -> random.nextInt(reach.get(i) + 1));
    IntTuple end = IntTuple.generate(rank, i -> random.nextInt(reach.get(i) + 1));
    IntTuple least = IntTuple.generate(rank, i -> reach.get(i) - begin.get(i) - end.get(i));
    IntTuple input =
        IntTuple.generate(rank, i -> Math.max(0, least.get(i)) + 1 + random.nextInt(12));
    long[] from = new long[rank + 2];
    long[] to = new long[rank + 2];
    from[0] = to[0] = batch;
    for (int i = 0; i < rank; i++) {
      from[i + 1] = input.get(i);
      to[i + 1] = input.get(i) - least.get(i);
    }
    from[rank + 1] = (long) groups * channelsPerGroup;
    to[rank + 1] = (long) groups * filtersPerGroup;
    Window window = new Window(kernel, IntTuple.generate(rank, i -> 1), dilation, begin, end);
    WinogradErrors.assertWithinBound(
        new Convolution(
            Shape.of(from),
            Shape.of(to),
            window,
            groups,
            random.nextBoolean(),
            WinogradErrors.activation(random)),
        random);
  }

  @Example
  void staysWithinTheErrorBoundOnTheLayersOfNetworks() {
    WinogradErrors.assertWithinBound(same(56, 64), new Random(1));
    WinogradErrors.assertWithinBound(same(28, 128), new Random(2));
    WinogradErrors.assertWithinBound(same(14, 256), new Random(3));
    WinogradErrors.assertWithinBound(same(7, 512), new Random(4));
  }

  @Example
  void isChosenUnlessTheResultMustBeExact() {
    assertThat(WinogradErrors.kernel(same(12, 64), CompileOptions.DEFAULT)).isEqualTo(WINOGRAD);
    assertThat(WinogradErrors.kernel(same(12, 64), CompileOptions.DEFAULT.withExact(true)))
        .isNotEqualTo(WINOGRAD);
  }

  @Example
  void leavesImagesAloneThatDoNotFillItsTiles() {
    assertThat(pays(same(3, 64))).isFalse();
    assertThat(pays(same(4, 64))).isTrue();
    assertThat(pays(same(5, 64))).isFalse();
    assertThat(pays(same(6, 64))).isTrue();
    assertThat(pays(same(9, 64))).isTrue();
  }

  @Example
  void takesLargeWeightsOnlyForEnoughTiles() {
    assertThat(pays(same(56, 64))).isTrue();
    assertThat(pays(same(28, 128))).isTrue();
    assertThat(pays(same(14, 256))).isTrue();
    assertThat(pays(same(14, 512))).isTrue();
    assertThat(pays(same(7, 256))).isTrue();
    assertThat(pays(same(1, 7, 512))).isTrue();
    assertThat(pays(same(1, 4, 1024))).isFalse();
    assertThat(pays(same(2, 4, 1024))).isTrue();
  }

  @Property(tries = 100)
  void isNeverChosenWhereTheResultMustBeExact(
      @ForAll @IntRange(min = 1, max = 40) int extent,
      @ForAll @IntRange(min = 1, max = 200) int channels,
      @ForAll @IntRange(min = 0, max = 2) int threads) {
    CompileOptions exact = CompileOptions.DEFAULT.withThreads(threads).withExact(true);
    assertThat(WinogradErrors.kernel(same(extent, channels), exact)).isNotEqualTo(WINOGRAD);
  }

  @Example
  void takesKernelsOfTwoToFiveTaps() {
    assertThat(pays(64, window(TWO, ONE, ONE), 1)).isTrue();
    assertThat(pays(64, window(THREE, ONE, ONE), 1)).isTrue();
    assertThat(pays(64, window(IntTuple.of(5, 5), ONE, ONE), 1)).isTrue();
    assertThat(pays(64, window(IntTuple.of(6, 6), ONE, ONE), 1)).isFalse();
    assertThat(pays(64, window(IntTuple.of(3, 5), ONE, ONE), 1)).isFalse();
  }

  @Example
  void takesRowsButNotColumns() {
    Shape shape = Shape.of(1, 20, 20, 64);
    IntTuple sides = IntTuple.of(0, 1);
    Window row = new Window(IntTuple.of(1, 3), ONE, ONE, sides, sides);
    assertThat(pays(new Convolution(shape, shape, row, 1, true, Activation.LINEAR))).isTrue();
    IntTuple ends = IntTuple.of(1, 0);
    Window column = new Window(IntTuple.of(3, 1), ONE, ONE, ends, ends);
    assertThat(pays(new Convolution(shape, shape, column, 1, true, Activation.LINEAR))).isFalse();
  }

  @Example
  void leavesStridesAndFewChannelsAlone() {
    assertThat(pays(64, window(THREE, TWO, ONE), 1)).isFalse();
    assertThat(pays(64, window(THREE, ONE, TWO), 1)).isTrue();
    assertThat(pays(64, window(THREE, ONE, ONE), 2)).isTrue();
    assertThat(pays(3, window(THREE, ONE, ONE), 1)).isFalse();
  }

  @Example
  void takesGroupsThatAreLargeOrFillVectors() {
    Window window = window(THREE, ONE, ONE);
    for (int lanes : new int[] {4, 8, 16}) {
      Machine machine = Machine.ZEN4.withVectorBytes(lanes * Float.BYTES);
      assertThat(pays(valid(2 * 32, window, 2), machine)).isTrue();
      assertThat(pays(valid(3 * 20, window, 3), machine)).isFalse();
      assertThat(pays(valid(3 * 16, window, 3), machine)).isEqualTo(lanes == 16);
      assertThat(pays(valid(3 * 8, window, 3), machine)).isEqualTo(lanes >= 8);
      assertThat(pays(valid(3 * 4, window, 3), machine)).isFalse();
      assertThat(pays(valid(3 * 8, window(TWO, ONE, ONE), 3), machine)).isFalse();
      assertThat(pays(valid(3 * 8, window(THREE, TWO, ONE), 3), machine)).isFalse();
    }
  }

  @Property(tries = 100)
  void staysWithinTheErrorBoundWithGroupsThatFillVectors(
      @ForAll @IntRange(min = 2, max = 9) int groups,
      @ForAll @IntRange(min = 1, max = 2) int groupsPerVector,
      @ForAll @IntRange(min = 1, max = 2) int dilation,
      @ForAll Random random) {
    int group = NativeKernel.lanes(DataType.FLOAT32) / groupsPerVector;
    IntTuple steps = IntTuple.of(dilation, dilation);
    assertWithinBound(2, THREE, steps, groups, group, group, random);
  }

  private static boolean pays(int channels, Window window, int groups) {
    return pays(valid(channels, window, groups));
  }

  private static boolean pays(Convolution op) {
    return pays(op, Machine.ZEN4);
  }

  /** Tells whether this way costs no more than oneDNN's. */
  private static boolean pays(Convolution op, Machine machine) {
    return new NativeWinogradConvolution().cost(op, machine, 1).orElse(Double.MAX_VALUE) <= 1;
  }

  private static Convolution valid(int channels, Window window, int groups) {
    long[] output = {1, 0, 0, channels};
    for (int i = 0; i < 2; i++) {
      output[i + 1] = (20 - window.effectiveKernel(i)) / window.strides().get(i) + 1;
    }
    return new Convolution(
        Shape.of(1, 20, 20, channels), Shape.of(output), window, groups, false, Activation.LINEAR);
  }

  private static Convolution same(int extent, int channels) {
    return same(1, extent, channels);
  }

  private static Convolution same(int batch, int extent, int channels) {
    Shape shape = Shape.of(batch, extent, extent, channels);
    return new Convolution(
        shape, shape, new Window(THREE, ONE, ONE, ONE, ONE), 1, true, Activation.LINEAR);
  }

  private static Window window(IntTuple kernel, IntTuple strides, IntTuple dilation) {
    IntTuple none = IntTuple.of(0, 0);
    return new Window(kernel, strides, dilation, none, none);
  }
}
