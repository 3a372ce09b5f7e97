package org.conv4j.onednn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.layer.Layer;
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
import org.conv4j.layer.merging.Add;
import org.conv4j.layer.merging.Concatenate;
import org.conv4j.layer.pooling.MaxPooling1D;
import org.conv4j.layer.pooling.MaxPooling2D;
import org.conv4j.layer.pooling.MaxPooling3D;
import org.conv4j.layer.reshaping.UpSampling1D;
import org.conv4j.layer.reshaping.UpSampling2D;
import org.conv4j.layer.reshaping.UpSampling3D;
import org.conv4j.model.FunctionalBuilder;
import org.conv4j.model.Model;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.plan.Plan;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * A network drawn at random, in one to three spatial dimensions, of layers of several kinds, with
 * branches. Its weights are so small, and its activations so bounded, that no sum of whole numbers
 * rounds. Owner of its weights.
 */
final class RandomNetwork implements AutoCloseable {
  private static final int[] CHANNELS = {1, 3, 8, 16, 17, 32, 48};
  private static final int[] LARGEST_EXTENT = {0, 400, 36, 12};
  private static final int[] LARGEST_KERNEL = {0, 9, 5, 3};
  private static final int MOST_LAYERS = 5;
  private static final int LARGEST_WEIGHT = 2;

  /** Keeps a run of the reference engine below some tens of milliseconds. */
  private static final long MOST_FLOPS = 12_000_000;

  /** What the network takes, batch included. */
  final Shape input;

  private final Random random;
  private final int rank;
  private final FunctionalBuilder builder = Model.functional();
  private final List<Tensor> weights = new ArrayList<>();
  private final Model model;
  private SymbolicTensor value;
  private Shape shape;
  private int layers;

  private RandomNetwork(Random random) {
    this.random = random;
    rank = upTo(3);
    long[] dims = new long[rank + 2];
    dims[0] = upTo(3);
    for (int axis = 1; axis <= rank; axis++) {
      dims[axis] = upTo(LARGEST_EXTENT[rank]);
    }
    dims[rank + 1] = oneOf(CHANNELS);
    input = Shape.of(dims);
    shape = input;
    value = builder.input("input", dims);
    for (int count = upTo(MOST_LAYERS); count > 0; count--) {
      if (random.nextInt(4) == 0) {
        branch();
      } else {
        append(layer());
      }
    }
    model = builder.build(value);
  }

  /** Draws a network that the reference engine is not too slow for. */
  static RandomNetwork next(Random random) {
    while (true) {
      RandomNetwork drawn = new RandomNetwork(random);
      if (drawn.model.lower(drawn.input).flops() <= MOST_FLOPS) {
        return drawn;
      }
      drawn.close();
    }
  }

  Plan compile(Engine engine, CompileOptions options) {
    return model.compile(input, DataType.FLOAT32, engine, options);
  }

  private Layer layer() {
    int filters = oneOf(CHANNELS);
    int upsampling = upTo(2);
    int[] kernel = kernel();
    return switch (random.nextInt(rank == 3 ? 5 : 7)) {
      case 0, 1 -> finish(convolution(filters, kernel));
      case 2 -> {
        ConvolutionLayer<?> transposed =
            switch (rank) {
              case 1 -> Conv1DTranspose.of(filters, kernel[0]);
              case 2 -> Conv2DTranspose.of(filters, kernel);
              default -> Conv3DTranspose.of(filters, kernel);
            };
        yield finish(transposed);
      }
      case 3 ->
          switch (rank) {
            case 1 -> MaxPooling1D.of(kernel).strides(upTo(2)).padding(Padding.SAME);
            case 2 -> MaxPooling2D.of(kernel).strides(upTo(2)).padding(Padding.SAME);
            default -> MaxPooling3D.of(kernel).strides(upTo(2)).padding(Padding.SAME);
          };
      case 4 ->
          switch (rank) {
            case 1 -> UpSampling1D.of(upsampling);
            case 2 -> UpSampling2D.of(upsampling, upTo(2));
            default -> UpSampling3D.of(upsampling, 1, upTo(2));
          };
      case 5 -> finish(rank == 1 ? DepthwiseConv1D.of(kernel[0]) : DepthwiseConv2D.of(kernel));
      default ->
          finish(
              rank == 1
                  ? SeparableConv1D.of(filters, kernel[0])
                  : SeparableConv2D.of(filters, kernel));
    };
  }

  private ConvolutionLayer<?> convolution(int filters, int[] kernel) {
    int groups = oneOf(1, 1, 2, 4, 8);
    if (shape.intDim(rank + 1) % groups != 0 || filters % groups != 0) {
      groups = 1;
    }
    return switch (rank) {
      case 1 -> Conv1D.of(filters, kernel[0]).groups(groups);
      case 2 -> Conv2D.of(filters, kernel).groups(groups);
      default -> Conv3D.of(filters, kernel).groups(groups);
    };
  }

  private ConvolutionLayer<?> finish(ConvolutionLayer<?> layer) {
    ConvolutionLayer<?> bounded = layer.padding(Padding.SAME).activation(Activation.RELU6);
    return random.nextBoolean()
        ? bounded.strides(tuple(() -> upTo(2)))
        : bounded.dilationRate(tuple(() -> upTo(3)));
  }

  /** Joins the value with what a convolution makes of it. */
  private void branch() {
    SymbolicTensor before = value;
    Shape shapeBefore = shape;
    append(
        convolution(shape.intDim(rank + 1), kernel())
            .padding(Padding.SAME)
            .activation(Activation.RELU6));
    Layer join = random.nextBoolean() ? Add.of() : Concatenate.of();
    value = builder.apply(layers++ + "/", join, Weights.none(), List.of(before, value));
    shape = join.outputShape(List.of(shapeBefore, shape));
  }

  private void append(Layer layer) {
    Map<String, Tensor> drawn = new HashMap<>();
    for (WeightSpec spec : layer.weights(List.of(shape))) {
      Tensor tensor = Tensor.allocate(DataType.FLOAT32, spec.shape());
      tensor.transform(old -> random.nextInt(2 * LARGEST_WEIGHT + 1) - LARGEST_WEIGHT);
      drawn.put(spec.name(), tensor);
      weights.add(tensor);
    }
    value = builder.apply(layers++ + "/", layer, Weights.of(drawn), List.of(value));
    shape = layer.outputShape(List.of(shape));
  }

  private int[] kernel() {
    return tuple(() -> upTo(LARGEST_KERNEL[rank]));
  }

  private int[] tuple(IntSupplier entry) {
    return IntStream.generate(entry).limit(rank).toArray();
  }

  private int oneOf(int... values) {
    return values[random.nextInt(values.length)];
  }

  private int upTo(int most) {
    return 1 + random.nextInt(most);
  }

  @Override
  public String toString() {
    return model.nodes().stream().map(node -> node.layer().toString()).toList() + " on " + input;
  }

  @Override
  public void close() {
    weights.forEach(Tensor::close);
  }
}
