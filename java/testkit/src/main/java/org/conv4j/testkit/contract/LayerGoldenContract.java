package org.conv4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.conv4j.engine.CompileOptions;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.layer.Layer;
import org.conv4j.layer.MultiOutputLayer;
import org.conv4j.layer.reshaping.Permute;
import org.conv4j.model.FunctionalBuilder;
import org.conv4j.model.Model;
import org.conv4j.model.SymbolicTensor;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.DataFormat;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.cases.Outputs;
import org.conv4j.testkit.goldens.LayerGoldens;
import org.conv4j.testkit.goldens.LayerGoldens.LayerGolden;
import org.conv4j.weights.Weights;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** An engine gives the answers of Keras for the layers besides convolutions. */
abstract class LayerGoldenContract extends Contract {
  /** Keras rounds too, in another order; relative to {@code 1 + |value|}. */
  private static final double BOUND = 2e-5;

  /** What the ops do not cover: kernels wider than a cubic one, and smoothing before sampling. */
  private static final List<String> REFUSED = List.of("lanczos3", "lanczos5", "antialias-true");

  LayerGoldenContract(EngineContract whole) {
    super(whole);
  }

  @TestFactory
  final Stream<DynamicNode> answersAsKerasDoes() {
    return tests(false);
  }

  /** Between channels-first layers, memory holds the channels last nevertheless. */
  @TestFactory
  final Stream<DynamicNode> answersTheSameForChannelsFirstThatMemoryHoldsLast() {
    return tests(true);
  }

  private Stream<DynamicNode> tests(boolean viewed) {
    return LayerGoldens.GROUPS.stream()
        .map(
            group ->
                DynamicContainer.dynamicContainer(
                    group,
                    LayerGoldens.of(group).stream()
                        .map(
                            golden ->
                                DynamicTest.dynamicTest(
                                    golden.id(), () -> check(golden, viewed)))));
  }

  private void check(LayerGolden golden, boolean viewed) {
    if (REFUSED.stream().anyMatch(golden.id()::contains)) {
      assertThatThrownBy(golden::layer)
          .isInstanceOf(InvalidLayerException.class)
          .hasMessageContaining("'layer'");
      return;
    }
    Layer layer = golden.layer();
    List<Shape> shapes = golden.outputs().stream().map(Tensor::shape).toList();
    assertThat(
            layer instanceof MultiOutputLayer several
                ? several.outputShapes(golden.shapes())
                : List.of(layer.outputShape(golden.shapes())))
        .isEqualTo(shapes);
    for (DataType dataType : engine().dataTypes()) {
      List<double[]> actual = viewed ? runViewed(golden, dataType) : run(golden, dataType);
      for (int i = 0; i < shapes.size(); i++) {
        double[] expected = golden.outputs().get(i).toDoubleArray();
        double[] bounds = new double[expected.length];
        Arrays.setAll(bounds, at -> BOUND * (1 + Math.abs(expected[at])));
        String what = "%s of %s, output %d".formatted(golden, dataType, i);
        Outputs.assertWithin(what, actual.get(i), expected, bounds);
      }
    }
  }

  private List<double[]> run(LayerGolden golden, DataType dataType) {
    return run(model(golden, false), golden.inputs(), dataType);
  }

  private List<double[]> runViewed(LayerGolden golden, DataType dataType) {
    List<Tensor> stored = new ArrayList<>();
    try {
      for (Tensor input : golden.inputs()) {
        stored.add(permuted(input, toChannelsLast(input.shape().rank())));
      }
      return run(model(golden, true), stored, dataType);
    } finally {
      stored.forEach(Tensor::close);
    }
  }

  private static IntTuple toChannelsLast(int rank) {
    return DataFormat.CHANNELS_FIRST.axesToChannelsLast(rank);
  }

  private static Model model(LayerGolden golden, boolean viewed) {
    FunctionalBuilder builder = Model.functional();
    List<SymbolicTensor> arguments = new ArrayList<>();
    for (int i = 0; i < golden.inputs().size(); i++) {
      Shape shape = golden.inputs().get(i).shape();
      int rank = shape.rank();
      Shape given = viewed ? shape.permute(toChannelsLast(rank)) : shape;
      SymbolicTensor argument = builder.input("input" + i, given.toArray());
      if (viewed && rank > 2) {
        IntTuple first = DataFormat.CHANNELS_FIRST.axesFromChannelsLast(rank);
        int[] dims = IntStream.range(1, rank).map(first::get).toArray();
        Permute permute = Permute.of(dims).name("channels_first" + i);
        argument = builder.apply(permute, Weights.none(), argument);
      }
      arguments.add(argument);
    }
    SymbolicTensor[] given = arguments.toArray(SymbolicTensor[]::new);
    List<SymbolicTensor> outputs =
        golden.layer() instanceof MultiOutputLayer several
            ? builder.applyAll(several, golden.weights(), given)
            : List.of(builder.apply(golden.layer(), golden.weights(), given));
    return builder.build(outputs.toArray(SymbolicTensor[]::new));
  }

  private List<double[]> run(Model model, List<Tensor> inputs, DataType dataType) {
    List<Shape> shapes = inputs.stream().map(Tensor::shape).toList();
    CompileOptions exact = CompileOptions.DEFAULT.withExact(true);
    List<Tensor> tensors = new ArrayList<>();
    try (Plan plan = model.compile(shapes, dataType, engine(), exact);
        Session session = plan.newSession()) {
      inputs.forEach(input -> tensors.add(input.copyAs(dataType)));
      for (Shape shape : plan.outputShapes()) {
        tensors.add(Tensor.allocate(dataType, shape));
      }
      List<Tensor> outputs = tensors.subList(inputs.size(), tensors.size());
      outputs.forEach(output -> output.transform(zero -> Double.NaN));
      session.run(
          tensors.subList(0, inputs.size()).toArray(Tensor[]::new), outputs.toArray(Tensor[]::new));
      return outputs.stream().map(Tensor::toDoubleArray).toList();
    } finally {
      tensors.forEach(Tensor::close);
    }
  }

  private static Tensor permuted(Tensor tensor, IntTuple axes) {
    Shape shape = tensor.shape().permute(axes);
    int rank = axes.size();
    long[] strides = new long[rank];
    long stride = 1;
    for (int axis = rank - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= tensor.shape().dim(axis);
    }
    float[] values = new float[Math.toIntExact(shape.elementCount())];
    for (int i = 0; i < values.length; i++) {
      long source = 0;
      long rest = i;
      for (int axis = rank - 1; axis >= 0; axis--) {
        source += rest % shape.dim(axis) * strides[axes.get(axis)];
        rest /= shape.dim(axis);
      }
      values[i] = (float) tensor.get(source);
    }
    return Tensor.of(shape, values);
  }
}
