package org.conv4j.testkit.random;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.conv4j.activation.Softmax;
import org.conv4j.layer.convolution.BaseConv;
import org.conv4j.layer.convolution.Conv2D;
import org.conv4j.layer.convolution.ConvolutionLayer;
import org.conv4j.layer.convolution.ConvolutionOptions;
import org.conv4j.layer.convolution.DepthwiseConv2D;
import org.conv4j.layer.convolution.SeparableConv2D;
import org.conv4j.model.Model;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Padding;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.cases.LayerCase;
import org.conv4j.weights.WeightSpec;
import org.conv4j.weights.Weights;

/**
 * One way to make a legal case illegal.
 *
 * @param argument what the message must name
 * @param given what the message must say was given
 * @param attempt makes or uses the illegal layer
 */
record Spoiling(String argument, String given, ThrowingCallable attempt) {
  /** Every way that applies to a case. */
  static List<Spoiling> of(LayerCase legal, Random random) {
    ConvolutionLayer<?> layer = legal.layer();
    int rank = layer.options().kernelSize().size();
    int low = -random.nextInt(5);
    int[] tooMany = new int[rank + 1 + random.nextInt(2)];
    Arrays.fill(tooMany, 2);
    String many = IntTuple.of(tooMany).toString();
    List<Spoiling> all = new ArrayList<>();
    all.add(new Spoiling("strides", "" + low, () -> layer.strides(low)));
    all.add(new Spoiling("strides", many, () -> layer.strides(tooMany)));
    all.add(new Spoiling("strides", "()", () -> layer.strides()));
    all.add(new Spoiling("dilation_rate", "" + low, () -> layer.dilationRate(low)));
    all.add(new Spoiling("dilation_rate", many, () -> layer.dilationRate(tooMany)));
    if (rank > 1) {
      all.add(new Spoiling("padding", "causal", () -> layer.padding(Padding.CAUSAL)));
    }
    all.add(inputRank(legal, random));
    all.add(softmaxAxis(legal, random));
    if (layer instanceof BaseConv<?> conv && conv.groups() > 1) {
      all.add(channels(legal, conv.groups()));
    }
    all.add(counts(layer.name(), low, random));
    all.addAll(weights(legal));
    return all;
  }

  /** The input's shape with spatial dimensions that no machine can hold. */
  static Shape withHugeSpace(Shape input, Random random) {
    long[] dims = input.toArray();
    dims[1] = 1 + random.nextInt(Integer.MAX_VALUE) * (random.nextBoolean() ? 1L : 3L);
    dims[dims.length - 1] = dims[1];
    return Shape.of(dims);
  }

  private static Spoiling inputRank(LayerCase legal, Random random) {
    int rank = legal.input().rank() + (random.nextBoolean() ? 1 : -1);
    long[] dims = new long[rank];
    Arrays.fill(dims, 8);
    Shape wrong = Shape.of(dims);
    return new Spoiling(
        "dimensions", wrong.toString(), () -> new LayerCase(legal.layer(), wrong).output());
  }

  private static Spoiling softmaxAxis(LayerCase legal, Random random) {
    int rank = legal.input().rank();
    int axis = random.nextBoolean() ? rank + random.nextInt(3) : -rank - 1 - random.nextInt(3);
    LayerCase wrong = legal.withActivation(new Softmax(axis, false));
    return new Spoiling("axis", "" + axis, () -> wrong.integers(1).close());
  }

  /** One channel more than the groups can share. */
  private static Spoiling channels(LayerCase legal, int groups) {
    IntTuple axes = legal.layer().options().dataFormat().axesToChannelsLast(legal.input().rank());
    long[] dims = legal.input().toArray();
    int channelAxis = axes.get(dims.length - 1);
    dims[channelAxis]++;
    LayerCase wrong = new LayerCase(legal.layer(), Shape.of(dims));
    return new Spoiling("groups", dims[channelAxis] + " channels", wrong::output);
  }

  private static Spoiling counts(String name, int low, Random random) {
    String given = "" + low;
    return switch (random.nextInt(7)) {
      case 0 -> new Spoiling("filters", given, () -> conv(name).withFilters(low));
      case 1 -> new Spoiling("groups", given, () -> conv(name).layer().groups(low));
      case 2 -> new Spoiling("groups", "5", () -> conv(name).layer().groups(5));
      case 3 ->
          new Spoiling(
              "depth_multiplier",
              given,
              () -> DepthwiseConv2D.of(3).name(name).depthMultiplier(low));
      case 4 ->
          new Spoiling(
              "depth_multiplier",
              given,
              () -> SeparableConv2D.of(3, 3).name(name).depthMultiplier(low));
      default -> new Spoiling("kernel_size", given, () -> conv(name).withKernel(low));
    };
  }

  private record Named(Conv2D layer) {
    Conv2D withFilters(int filters) {
      return new Conv2D(filters, 1, layer.options());
    }

    Conv2D withKernel(int extent) {
      ConvolutionOptions o = layer.options();
      return layer.withOptions(
          new ConvolutionOptions(
              o.name(),
              IntTuple.of(3, extent),
              o.strides(),
              o.padding(),
              o.dataFormat(),
              o.dilationRate(),
              o.activation(),
              o.useBias()));
    }
  }

  private static Named conv(String name) {
    return new Named(Conv2D.of(8, 3).name(name));
  }

  /** Each weight missing, each of another shape, and one too many. */
  private static List<Spoiling> weights(LayerCase legal) {
    List<Spoiling> all = new ArrayList<>();
    List<WeightSpec> specs = legal.layer().weights(legal.input());
    for (WeightSpec spec : specs) {
      long[] dims = spec.shape().toArray();
      dims[dims.length - 1]++;
      Shape wrong = Shape.of(dims);
      all.add(
          new Spoiling(
              spec.name(), wrong.toString(), () -> lower(legal, specs, spec.name(), wrong)));
      all.add(new Spoiling(spec.name(), "given", () -> lower(legal, specs, spec.name(), null)));
    }
    all.add(new Spoiling("gamma", "given", () -> lower(legal, specs, "gamma", Shape.of(1))));
    return all;
  }

  private static void lower(LayerCase legal, List<WeightSpec> specs, String changed, Shape shape) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    specs.forEach(
        spec -> tensors.put(spec.name(), Tensor.allocate(DataType.FLOAT32, spec.shape())));
    Tensor replaced =
        shape == null
            ? tensors.remove(changed)
            : tensors.put(changed, Tensor.allocate(DataType.FLOAT32, shape));
    try {
      Model.of(legal.layer(), Weights.of(tensors)).lower(legal.input());
    } finally {
      tensors.values().forEach(Tensor::close);
      if (replaced != null) {
        replaced.close();
      }
    }
  }
}
