package org.conv4j.testkit.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.conv4j.layer.Layer;
import org.conv4j.layer.activation.ReLU;
import org.conv4j.layer.convolution.Conv1D;
import org.conv4j.layer.convolution.Conv1DTranspose;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.convolution.DepthwiseConv1D;
import org.conv4j.layer.convolution.SeparableConv1D;
import org.conv4j.layer.core.Dense;
import org.conv4j.layer.merging.Add;
import org.conv4j.layer.merging.Concatenate;
import org.conv4j.layer.pooling.AveragePooling1D;
import org.conv4j.layer.pooling.MaxPooling1D;
import org.conv4j.layer.reshaping.Cropping1D;
import org.conv4j.layer.reshaping.Reshape;
import org.conv4j.layer.reshaping.UpSampling1D;
import org.conv4j.layer.reshaping.ZeroPadding1D;
import org.conv4j.layer.reshaping.ZeroPadding2D;
import org.conv4j.model.FunctionalBuilder;
import org.conv4j.model.InputSpec;
import org.conv4j.model.Model;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * Draws networks of small whole numbers on signals: chains of layers with branches, strides and
 * dilations, in one spatial dimension or two. Not thread-safe.
 */
final class RandomStreams {
  /** Any length at which no layer is at a loss. */
  private static final long LONG = 100_000;

  private final Random random;
  private final boolean causal;
  private final FunctionalBuilder builder = Model.functional();
  private final List<Tensor> weights = new ArrayList<>();
  private final List<String> layers = new ArrayList<>();
  private SymbolicTensor value;
  private Shape shape;

  /**
   * A network.
   *
   * @param model the network
   * @param weights what it consists of, to be closed
   * @param layers its layers in words
   */
  record Drawn(Model model, List<Tensor> weights, List<String> layers) implements AutoCloseable {
    @Override
    public void close() {
      weights.forEach(Tensor::close);
    }
  }

  private RandomStreams(Random random, boolean causal) {
    this.random = random;
    this.causal = causal;
  }

  /** Draws a network, of causal layers only or not. */
  static Drawn next(Random random, boolean causal) {
    return new RandomStreams(random, causal).draw();
  }

  private Drawn draw() {
    if (random.nextInt(4) == 0) {
      images();
    } else {
      int channels = between(1, 3);
      value = builder.input("signal", InputSpec.ANY, InputSpec.ANY, channels);
      shape = Shape.of(1, LONG, channels);
    }
    int count = between(1, 5);
    for (int i = 0; i < count; i++) {
      if (random.nextInt(3) == 0) {
        branches();
      } else {
        apply(causal ? causalLayer() : anyLayer());
      }
    }
    return new Drawn(builder.build(value), weights, layers);
  }

  /** Begins with frames that are rows of an image, for instance frequencies. */
  private void images() {
    int width = between(3, 5);
    value = builder.input("signal", InputSpec.ANY, InputSpec.ANY, width, 2);
    shape = Shape.of(1, LONG, width, 2);
    int time = between(1, 3);
    int dilation = between(1, 2);
    if (random.nextBoolean()) {
      apply(ZeroPadding2D.of((time - 1) * dilation, 0, 1, 1));
    }
    Conv2D conv = Conv2D.of(between(1, 3), time, 2);
    apply(random.nextBoolean() ? conv.dilationRate(dilation, 1) : conv.strides(between(1, 2), 1));
    long[] dims = shape.toArray();
    apply(Reshape.of(-1, (int) (dims[2] * dims[3])));
    apply(Dense.of(between(1, 3)));
  }

  private Layer causalLayer() {
    int kernel = between(1, 4);
    int filters = between(1, 3);
    int stride = between(1, 3);
    int dilation = between(1, 4);
    return switch (random.nextInt(9)) {
      case 0 -> Conv1D.of(filters, kernel).padding(Padding.CAUSAL).strides(stride);
      case 1 -> DepthwiseConv1D.of(kernel).dilationRate(dilation);
      case 2 -> Conv1D.of(filters, kernel).strides(stride);
      case 3 -> MaxPooling1D.of(kernel).strides(stride);
      case 4 -> AveragePooling1D.of(2).strides(between(1, 2));
      case 5 -> Dense.of(filters);
      case 6 -> UpSampling1D.of(between(1, 3));
      case 7 -> SeparableConv1D.of(filters, kernel).dilationRate(dilation);
      default -> Conv1D.of(filters, kernel).padding(Padding.CAUSAL).dilationRate(dilation);
    };
  }

  private Layer anyLayer() {
    int kernel = between(1, 5);
    int filters = between(1, 3);
    return switch (random.nextInt(9)) {
      case 0 -> Conv1D.of(filters, kernel).padding(Padding.SAME);
      case 1 -> Conv1D.of(filters, kernel).padding(Padding.SAME).dilationRate(between(1, 3));
      case 2 -> MaxPooling1D.of(kernel).strides(1).padding(Padding.SAME);
      case 3 -> Conv1DTranspose.of(filters, kernel).strides(between(1, 3));
      case 4 -> Conv1DTranspose.of(filters, kernel).strides(2).padding(Padding.SAME);
      case 5 -> ZeroPadding1D.of(between(0, 3), between(0, 3));
      case 6 -> Cropping1D.of(between(0, 3), between(0, 3));
      case 7 -> Conv1D.of(filters, kernel).padding(Padding.SAME).strides(2);
      default -> causalLayer();
    };
  }

  /** Joins what a layer makes of a value with the value, or with what another one makes of it. */
  private void branches() {
    SymbolicTensor before = value;
    Shape shapeBefore = shape;
    int filters = shape.intDim(2);
    apply(sameLength(filters));
    SymbolicTensor one = value;
    value = before;
    shape = shapeBefore;
    if (random.nextBoolean()) {
      apply(sameLength(filters));
    }
    SymbolicTensor other = value;
    boolean sum = random.nextBoolean();
    Layer join = sum ? Add.of() : Concatenate.of();
    value = builder.apply(scope(join), join, Weights.none(), List.of(other, one));
    shape = join.outputShape(List.of(shapeBefore, shapeBefore));
    apply(ReLU.of());
  }

  private Layer sameLength(int filters) {
    Conv1D conv = Conv1D.of(filters, between(1, 3)).dilationRate(between(1, 5));
    return conv.padding(causal || random.nextBoolean() ? Padding.CAUSAL : Padding.SAME);
  }

  private void apply(Layer layer) {
    Map<String, Tensor> own = new LinkedHashMap<>();
    for (WeightSpec spec : layer.weights(List.of(shape))) {
      Tensor tensor = Tensor.allocate(DataType.FLOAT32, spec.shape());
      tensor.transform(zero -> between(-1, 1));
      own.put(spec.name(), tensor);
    }
    weights.addAll(own.values());
    value = builder.apply(scope(layer), layer, Weights.of(own), List.of(value));
    shape = layer.outputShape(List.of(shape));
  }

  /** Layers of one kind have the same name. */
  private String scope(Layer layer) {
    layers.add(layer.toString());
    return layers.size() + "/";
  }

  private int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }
}
