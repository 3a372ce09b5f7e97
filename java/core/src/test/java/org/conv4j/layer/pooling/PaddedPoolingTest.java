package org.conv4j.layer.pooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.Layer;
import org.conv4j.layer.pooling.PaddedPooling.Function;
import org.conv4j.model.Model;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaddedPoolingTest {
  private static final int HEIGHT = 5;
  private static final int WIDTH = 7;
  private static final int CHANNELS = 3;

  private static final PaddedPooling LAYER =
      PaddedPooling.of(Function.MAX, 3, 2)
          .strides(2, 1)
          .dilation(1, 3)
          .padding(IntTuple.of(2, 0), IntTuple.of(1, 1));

  @ParameterizedTest
  @EnumSource
  void isWhatTheFormulaSays(Function function) {
    PaddedPooling layer =
        new PaddedPooling(
            "pool",
            function,
            LAYER.poolSize(),
            LAYER.strides(),
            LAYER.dilation(),
            LAYER.padBegin(),
            LAYER.padEnd(),
            DataFormat.CHANNELS_LAST);
    double[] image = new Random(1).doubles(HEIGHT * WIDTH * CHANNELS, -3, -1).toArray();
    double[] expected = formula(function, image);
    for (String engine : List.of("reference", "java")) {
      double[] actual = run(layer, Shape.of(1, HEIGHT, WIDTH, CHANNELS), image, engine);
      assertThat(actual).as(engine).hasSameSizeAs(expected);
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i]).as("%s, element %d", engine, i).isCloseTo(expected[i], within(1e-5));
      }
    }
  }

  private static double[] formula(Function function, double[] image) {
    int rows = (HEIGHT + 3 - 3) / 2 + 1;
    int columns = WIDTH + 1 - 4 + 1;
    double[] output = new double[rows * columns * CHANNELS];
    for (int i = 0; i < output.length; i++) {
      int channel = i % CHANNELS;
      int firstRow = i / CHANNELS / columns * 2 - 2;
      int firstColumn = i / CHANNELS % columns;
      double sum = 0;
      double most = Double.NEGATIVE_INFINITY;
      int count = 0;
      for (int row = Math.max(0, firstRow); row < Math.min(HEIGHT, firstRow + 3); row++) {
        for (int column = firstColumn; column < Math.min(WIDTH, firstColumn + 4); column += 3) {
          double element = image[(row * WIDTH + column) * CHANNELS + channel];
          sum += element;
          most = Math.max(most, element);
          count++;
        }
      }
      output[i] =
          switch (function) {
            case MAX -> most;
            case AVERAGE -> sum / count;
            case AVERAGE_WITH_PADDING -> sum / 6;
            case SUM -> sum;
          };
    }
    return output;
  }

  @Test
  void withKerassPaddingIsKerassLayer() {
    double[] image = new Random(2).doubles(2 * 6 * 6).toArray();
    Shape input = Shape.of(1, 2, 6, 6);
    Layer keras =
        MaxPooling2D.of(3).strides(2).padding(Padding.SAME).dataFormat(DataFormat.CHANNELS_FIRST);
    Layer ours =
        PaddedPooling.of(Function.MAX, 3, 3)
            .strides(2)
            .padding(IntTuple.of(0), IntTuple.of(1))
            .dataFormat(DataFormat.CHANNELS_FIRST);
    assertThat(run(ours, input, image, "java")).isEqualTo(run(keras, input, image, "java"));
  }

  @Test
  void hasOneAndThreeDimensionsToo() {
    double[] eight = {1, 2, 3, 4, 5, 6, 7, 8};
    assertThat(run(PaddedPooling.of(Function.SUM, 2), Shape.of(1, 8, 1), eight, "java"))
        .containsExactly(3, 7, 11, 15);
    assertThat(run(PaddedPooling.of(Function.SUM, 2, 2, 2), Shape.of(1, 2, 2, 2, 1), eight, "java"))
        .containsExactly(36);
  }

  @Test
  void aNormIsTheRootOfTheSumOfPowers() {
    PaddedPooling sum =
        PaddedPooling.of(Function.SUM, 2, 2)
            .padding(IntTuple.of(1), IntTuple.of(0))
            .dataFormat(DataFormat.CHANNELS_FIRST);
    double[] four = {-1, 2, -3, 0};
    Shape input = Shape.of(1, 1, 2, 2);
    for (String engine : List.of("reference", "java")) {
      assertThat(run(new NormPooling(sum.strides(1), 2), input, four, engine))
          .usingComparatorWithPrecision(1e-6)
          .containsExactly(1, Math.sqrt(5), Math.sqrt(10), Math.sqrt(14));
      assertThat(run(new NormPooling(sum.strides(1), 3), input, four, engine))
          .usingComparatorWithPrecision(1e-6)
          .containsExactly(1, Math.cbrt(9), Math.cbrt(28), Math.cbrt(36));
    }
    assertThatThrownBy(() -> new NormPooling(sum, 0)).isInstanceOf(InvalidLayerException.class);
    assertThatThrownBy(() -> new NormPooling(LAYER, 2)).isInstanceOf(InvalidLayerException.class);
  }

  @Test
  void refusesWhatIsNoPooling() {
    assertThatThrownBy(() -> LAYER.padding(IntTuple.of(3, 0), IntTuple.of(0)))
        .isInstanceOf(InvalidLayerException.class)
        .hasMessageContaining("pad_begin must be less than the pool_size (3, 2)");
    assertThatThrownBy(() -> LAYER.padding(IntTuple.of(-1), IntTuple.of(0)))
        .isInstanceOf(InvalidLayerException.class);
    assertThatThrownBy(() -> LAYER.strides(0)).isInstanceOf(InvalidLayerException.class);
    assertThatThrownBy(() -> LAYER.dilation(0)).isInstanceOf(InvalidLayerException.class);
    assertThatThrownBy(() -> PaddedPooling.of(Function.MAX, 1, 1, 1, 1))
        .isInstanceOf(InvalidLayerException.class);
    assertThatThrownBy(() -> PaddedPooling.of(Function.MAX, 4).outputShape(Shape.of(1, 3, 1)))
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessageContaining("leaves no output");
  }

  private static double[] run(Layer layer, Shape shape, double[] elements, String engine) {
    try (Plan plan =
            Model.of(layer, Weights.none())
                .compile(shape, DataType.FLOAT32, Engines.byName(engine), CompileOptions.DEFAULT);
        Session session = plan.newSession();
        Tensor input = Tensor.allocate(DataType.FLOAT32, shape).copyFrom(elements);
        Tensor output = Tensor.allocate(DataType.FLOAT32, plan.outputShape())) {
      session.run(input, output);
      return output.toDoubleArray();
    }
  }
}
