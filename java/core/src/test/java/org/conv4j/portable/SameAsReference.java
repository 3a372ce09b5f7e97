package org.conv4j.portable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.Engine;
import org.conv4j.engine.OpRunner;
import org.conv4j.op.Convolution;
import org.conv4j.op.Deconvolution;
import org.conv4j.op.Op;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Memory;
import org.conv4j.tensor.Tensor;

/** Runs an op on this engine and on the reference, on small integers, whose sums are exact. */
final class SameAsReference {
  private static final CompileOptions ONE_THREAD = CompileOptions.DEFAULT.withThreads(1);
  private static final CompileOptions TWO_THREADS = CompileOptions.DEFAULT.withThreads(2);

  private SameAsReference() {}

  static void check(Op op, DataType dataType) {
    Random random = new Random(op.hashCode());
    Tensor input = integers(random, dataType, op.input());
    List<Tensor> constants = constants(random, dataType, op);
    double[] expected = run(new ReferenceEngine(), op, dataType, constants, input);
    CompiledOp compiled = new JavaEngine().compile(op, dataType, constants, ONE_THREAD);
    assertThat(run(compiled, op, dataType, input))
        .as("%s of %s on one thread by %s", op, dataType, compiled.implementation())
        .isEqualTo(expected);
    TiledOp tiled = (TiledOp) compiled;
    assertThat(run(withThreads(tiled, 2), op, dataType, input))
        .as("%s of %s on two threads by %s", op, dataType, compiled.implementation())
        .isEqualTo(expected);
    CompiledOp forTwo = new JavaEngine().compile(op, dataType, constants, TWO_THREADS);
    assertThat(run(forTwo, op, dataType, input))
        .as("%s of %s compiled for two threads by %s", op, dataType, forTwo.implementation())
        .isEqualTo(expected);
    input.close();
    constants.forEach(Tensor::close);
  }

  /** Shares an op that is too small for it between threads. */
  private static CompiledOp withThreads(TiledOp op, int threads) {
    return new TiledOp(op.kernel(), op.implementation(), op.tiles(), threads);
  }

  private static double[] run(
      Engine engine, Op op, DataType dataType, List<Tensor> constants, Tensor input) {
    return run(engine.compile(op, dataType, constants, ONE_THREAD), op, dataType, input);
  }

  private static double[] run(CompiledOp compiled, Op op, DataType dataType, Tensor input) {
    try (compiled;
        Memory scratchpad = Memory.allocate(compiled.scratchpadBytes());
        OpRunner runner = compiled.newRunner(scratchpad);
        Tensor output = Tensor.allocate(dataType, op.output())) {
      runner.run(new Tensor[] {input}, output);
      double[] first = output.toDoubleArray();
      output.transform(x -> Double.NaN);
      runner.run(new Tensor[] {input}, output);
      assertThat(output.toDoubleArray()).as("%s, run again", op).isEqualTo(first);
      return first;
    }
  }

  static List<Tensor> constants(Random random, DataType dataType, Op op) {
    List<Tensor> constants = new ArrayList<>();
    if (op instanceof Convolution convolution) {
      long channels = convolution.channelsPerGroup();
      long filters = op.output().dim(-1);
      int[] kernel = convolution.window().kernel().toArray();
      constants.add(integers(random, dataType, kernelShape(kernel, channels, filters)));
      addBias(constants, random, dataType, convolution.bias(), filters);
    } else if (op instanceof Deconvolution deconvolution) {
      long channels = op.input().dim(-1);
      long filters = op.output().dim(-1);
      int[] kernel = deconvolution.window().kernel().toArray();
      constants.add(integers(random, dataType, kernelShape(kernel, filters, channels)));
      addBias(constants, random, dataType, deconvolution.bias(), filters);
    }
    return constants;
  }

  private static void addBias(
      List<Tensor> constants, Random random, DataType dataType, boolean bias, long filters) {
    if (bias) {
      constants.add(integers(random, dataType, Shape.of(filters)));
    }
  }

  private static Shape kernelShape(int[] kernel, long rows, long columns) {
    long[] dims = new long[kernel.length + 2];
    for (int i = 0; i < kernel.length; i++) {
      dims[i] = kernel[i];
    }
    dims[kernel.length] = rows;
    dims[kernel.length + 1] = columns;
    return Shape.of(dims);
  }

  static Tensor integers(Random random, DataType dataType, Shape shape) {
    int count = (int) shape.elementCount();
    double[] values = random.ints(count, -4, 5).asDoubleStream().toArray();
    return Tensor.allocate(dataType, shape).copyFrom(values);
  }
}
