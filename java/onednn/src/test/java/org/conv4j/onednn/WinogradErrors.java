package org.conv4j.onednn;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.conv4j.activation.Activation;
import org.conv4j.activation.Elementwise;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.Scratchpad;
import org.conv4j.onednn.binding.NativeThreads;
import org.conv4j.onednn.choice.KernelCandidate;
import org.conv4j.onednn.kernel.NativeWinogradConvolution;
import org.conv4j.onednn.kernel.NativeWinogradDeconvolution;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Op;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.testkit.cases.Outputs;

/** Compares the Winograd kernel with the reference engine on data of unit variance. */
final class WinogradErrors {
  /** None moves two sums further apart, so the bound holds after them, too. */
  static final List<Elementwise> ACTIVATIONS =
      List.of(
          Activation.LINEAR,
          Activation.RELU,
          Activation.RELU6,
          Activation.LEAKY_RELU,
          Activation.TANH);

  private WinogradErrors() {}

  static Elementwise activation(Random random) {
    return ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()));
  }

  static void assertWithinBound(Convolution op, Random random) {
    Convolution linear =
        new Convolution(
            op.input(), op.output(), op.window(), op.groups(), op.bias(), Activation.LINEAR);
    assertWithinBound(
        op, linear, new NativeWinogradConvolution(), op.bias(), op.activation(), random);
  }

  static void assertWithinBound(Deconvolution op, Random random) {
    Deconvolution linear =
        new Deconvolution(op.input(), op.output(), op.window(), op.bias(), Activation.LINEAR);
    assertWithinBound(
        op, linear, new NativeWinogradDeconvolution(), op.bias(), op.activation(), random);
  }

  private static <O extends Op> void assertWithinBound(
      O op,
      O linear,
      KernelCandidate<O> candidate,
      boolean bias,
      Elementwise activation,
      Random random) {
    Shape kernel = kernelShape(op);
    double scale = 1 / Math.sqrt((double) kernel.elementCount() / op.output().dim(-1));
    try (Tensor weights = normal(kernel, scale, random);
        Tensor biases = normal(Shape.of(op.output().dim(-1)), 1, random);
        Tensor input = normal(op.inputs().get(0), 1, random)) {
      List<Tensor> constants = bias ? List.of(weights, biases) : List.of(weights);
      double[] sums =
          run(
              new ReferenceEngine()
                  .compileAlone(linear, DataType.FLOAT32, constants, CompileOptions.DEFAULT),
              input,
              op.output());
      double[] bounds = new double[sums.length];
      Arrays.fill(
          bounds,
          CompileOptions.FAST_ERROR * Arrays.stream(sums).map(Math::abs).max().getAsDouble());
      double[] expected = Arrays.stream(sums).map(activation::apply).toArray();
      for (int threads = 1; threads <= 2; threads++) {
        CompiledOp compiled = NativeThreads.with(threads, () -> candidate.compile(op, constants));
        Outputs.assertWithin(op, run(compiled, input, op.output()), expected, bounds);
      }
    }
  }

  /** Tells which kernel an engine chooses. */
  static String kernel(Op op, CompileOptions options) {
    try (Tensor weights = normal(kernelShape(op), 1, new Random(1));
        Tensor bias = normal(Shape.of(op.output().dim(-1)), 1, new Random(2));
        CompiledOp compiled =
            new OneDnnEngine()
                .compileAlone(op, DataType.FLOAT32, List.of(weights, bias), options)) {
      return compiled.kernel();
    }
  }

  private static double[] run(CompiledOp compiled, Tensor input, Shape outputShape) {
    try (compiled;
        Scratchpad scratchpad = Scratchpad.allocate(compiled.scratchpadBytes());
        OpRunner runner = compiled.newRunner(scratchpad);
        Tensor output = Tensor.allocate(DataType.FLOAT32, outputShape)) {
      output.transform(ignored -> Double.NaN);
      runner.run(new Tensor[] {input}, output);
      return output.toDoubleArray();
    }
  }

  private static Shape kernelShape(Op op) {
    if (op instanceof Convolution convolution) {
      return kernelShape(
          convolution.window().kernel(), convolution.channelsPerGroup(), op.output().dim(-1));
    }
    Deconvolution deconvolution = (Deconvolution) op;
    return kernelShape(
        deconvolution.window().kernel(), op.output().dim(-1), deconvolution.input().dim(-1));
  }

  private static Shape kernelShape(IntTuple kernel, long first, long second) {
    long[] dims = new long[kernel.size() + 2];
    for (int i = 0; i < kernel.size(); i++) {
      dims[i] = kernel.get(i);
    }
    dims[kernel.size()] = first;
    dims[kernel.size() + 1] = second;
    return Shape.of(dims);
  }

  private static Tensor normal(Shape shape, double scale, Random random) {
    Tensor tensor = Tensor.allocate(DataType.FLOAT32, shape);
    tensor.transform(ignored -> scale * random.nextGaussian());
    return tensor;
  }
}
