package org.conv4j.testkit.random;

import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.conv4j.activation.Activation;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.layer.convolution.Conv1DTranspose;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.convolution.Conv2DTranspose;
import org.conv4j.layer.convolution.Conv3D;
import org.conv4j.layer.convolution.Conv3DTranspose;
import org.conv4j.layer.convolution.ConvolutionLayer;
import org.conv4j.layer.convolution.DepthwiseConv1D;
import org.conv4j.layer.convolution.DepthwiseConv2D;
import org.conv4j.layer.convolution.SeparableConv1D;
import org.conv4j.layer.convolution.SeparableConv2D;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.testkit.cases.CaseData;
import org.conv4j.testkit.cases.LayerCase;

/** Draws small legal configurations of all convolution layers. Not thread-safe. */
public final class RandomLayers {
  /** By number of spatial dimensions; keeps a run of the reference engine well under 10 ms. */
  private static final int[] MAX_LENGTH = {0, 40, 14, 7};

  private static final int[] MAX_KERNEL = {0, 9, 7, 4};
  private static final int[] CHANNELS = {1, 1, 2, 3, 4, 5, 7, 8, 16, 17, 32};
  private static final int[] GROUPS = {1, 1, 1, 2, 3, 4};
  private static final long MAX_PRODUCTS = 300_000;

  private final Random random;

  private RandomLayers(Random random) {
    this.random = random;
  }

  /**
   * Draws a configuration with a linear or a rectified output.
   *
   * @param random decides which
   * @return a layer and an input that it can take
   */
  public static LayerCase next(Random random) {
    RandomLayers layers = new RandomLayers(random);
    LayerCase drawn;
    do {
      drawn = layers.draw();
    } while (!isLegal(drawn) || products(drawn) > MAX_PRODUCTS);
    return drawn;
  }

  private static boolean isLegal(LayerCase drawn) {
    try {
      drawn.output();
      return true;
    } catch (ShapeMismatchException noOutput) {
      return false;
    }
  }

  /** The multiplications of one run, over all its ops. */
  private static long products(LayerCase drawn) {
    try (CaseData data = CaseData.normal(drawn, new Random(0))) {
      return data.model().lower(drawn.input()).flops() / 2;
    }
  }

  private LayerCase draw() {
    int groups = oneOf(GROUPS);
    int filters = groups * oneOf(CHANNELS);
    int multiplier = upTo(3);
    int kind = random.nextInt(10);
    return switch (kind) {
      case 0 -> complete(1, groups, Conv1D.of(filters, kernel(1)[0]).groups(groups), true);
      case 1 -> complete(2, groups, Conv2D.of(filters, kernel(2)).groups(groups), false);
      case 2 -> complete(3, groups, Conv3D.of(filters, kernel(3)).groups(groups), false);
      case 3 -> {
        DepthwiseConv1D layer = DepthwiseConv1D.of(kernel(1)[0]).depthMultiplier(multiplier);
        yield complete(1, 1, layer, true);
      }
      case 4 -> {
        DepthwiseConv2D layer = DepthwiseConv2D.of(kernel(2)).depthMultiplier(multiplier);
        yield complete(2, 1, layer, false);
      }
      case 5 -> {
        SeparableConv1D layer = SeparableConv1D.of(filters, kernel(1)[0]);
        yield complete(1, 1, layer.depthMultiplier(multiplier), true);
      }
      case 6 -> {
        SeparableConv2D layer = SeparableConv2D.of(filters, kernel(2));
        yield complete(2, 1, layer.depthMultiplier(multiplier), false);
      }
      case 7 -> {
        int[] strides = strides(1);
        Conv1DTranspose layer = Conv1DTranspose.of(filters, kernel(1)[0]).strides(strides);
        yield complete(
            1, random.nextBoolean() ? layer.outputPadding(below(strides)[0]) : layer, strides);
      }
      case 8 -> {
        int[] strides = strides(2);
        Conv2DTranspose layer = Conv2DTranspose.of(filters, kernel(2)).strides(strides);
        yield complete(
            2, random.nextBoolean() ? layer.outputPadding(below(strides)) : layer, strides);
      }
      default -> {
        int[] strides = strides(3);
        Conv3DTranspose layer = Conv3DTranspose.of(filters, kernel(3)).strides(strides);
        yield complete(
            3, random.nextBoolean() ? layer.outputPadding(below(strides)) : layer, strides);
      }
    };
  }

  private LayerCase complete(int rank, int groups, ConvolutionLayer<?> layer, boolean causal) {
    Padding padding = Padding.values()[random.nextInt(causal ? 3 : 2)];
    return finish(rank, groups, layer.strides(strides(rank)).padding(padding));
  }

  private LayerCase complete(int rank, ConvolutionLayer<?> transposed, int[] strides) {
    Padding padding = random.nextBoolean() ? Padding.VALID : Padding.SAME;
    return finish(rank, 1, transposed.strides(strides).padding(padding));
  }

  private LayerCase finish(int rank, int groups, ConvolutionLayer<?> layer) {
    DataFormat format =
        random.nextInt(4) == 0 ? DataFormat.CHANNELS_FIRST : DataFormat.CHANNELS_LAST;
    ConvolutionLayer<?> complete =
        layer
            .dilationRate(tuple(rank, () -> random.nextInt(2) == 0 ? 1 : upTo(3)))
            .dataFormat(format)
            .activation(random.nextBoolean() ? Activation.LINEAR : Activation.RELU)
            .useBias(random.nextInt(4) != 0);
    long[] dims = new long[rank + 2];
    dims[0] = upTo(3);
    for (int i = 1; i <= rank; i++) {
      dims[i] = upTo(MAX_LENGTH[rank]);
    }
    dims[rank + 1] = (long) groups * oneOf(CHANNELS);
    Shape channelsLast = Shape.of(dims);
    return new LayerCase(
        complete, channelsLast.permute(format.axesFromChannelsLast(channelsLast.rank())));
  }

  private int[] kernel(int rank) {
    return tuple(rank, () -> upTo(MAX_KERNEL[rank]));
  }

  private int[] strides(int rank) {
    return tuple(rank, () -> random.nextInt(2) == 0 ? 1 : upTo(4));
  }

  private int[] below(int[] strides) {
    return IntStream.of(strides).map(random::nextInt).toArray();
  }

  private static int[] tuple(int rank, IntSupplier entry) {
    return IntStream.range(0, rank).map(i -> entry.getAsInt()).toArray();
  }

  private int oneOf(int... values) {
    return values[random.nextInt(values.length)];
  }

  private int upTo(int largest) {
    return 1 + random.nextInt(largest);
  }
}
