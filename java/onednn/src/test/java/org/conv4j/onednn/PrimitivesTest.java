package org.conv4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.Scratchpad;
import org.conv4j.error.InvalidBufferException;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.PoolingKind;
import org.conv4j.function.ReductionKind;
import org.conv4j.onednn.binding.OneDnn;
import org.conv4j.onednn.choice.ThreadCount;
import org.conv4j.op.Binary;
import org.conv4j.op.Concat;
import org.conv4j.op.Eltwise;
import org.conv4j.op.InnerProduct;
import org.conv4j.op.MatMul;
import org.conv4j.op.Normalization;
import org.conv4j.op.Op;
import org.conv4j.op.Pad;
import org.conv4j.op.Pooling;
import org.conv4j.op.Prelu;
import org.conv4j.op.Reduction;
import org.conv4j.op.Resize;
import org.conv4j.op.Scale;
import org.conv4j.op.Slice;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ops that networks are made of must not fall to oneDNN's reference code, nor to Java's. */
class PrimitivesTest {
  private static final Shape IMAGE = Shape.of(1, 56, 56, 64);
  private static final Shape BATCH = Shape.of(4, 14, 14, 24);
  private static final Shape ODD = Shape.of(2, 15, 15, 17);

  static Stream<Op> opsOfNetworks() {
    return Stream.concat(opsOfAnyVectors(), opsOfLongVectors());
  }

  /** oneDNN normalizes groups by plain loops with vectors of 16 bytes. */
  private static Stream<Op> opsOfLongVectors() {
    Normalization groups =
        new Normalization(
            Shape.of(2, 14, 14, 8, 5),
            IntTuple.of(1, 2, 4),
            Normalization.Kind.STANDARD,
            1e-3,
            Shape.of(1, 1, 1, 8, 5),
            true,
            true);
    return OneDnn.vectorBytes() > 16 ? Stream.of(groups) : Stream.empty();
  }

  private static Stream<Op> opsOfAnyVectors() {
    return Stream.of(
        new Binary(IMAGE, IMAGE, BinaryFunction.ADD, Activation.RELU),
        new Binary(BATCH, Shape.of(4, 1, 1, 24), BinaryFunction.MULTIPLY, Activation.LINEAR),
        new Binary(Shape.of(4, 1, 1, 24), BATCH, BinaryFunction.MULTIPLY, Activation.LINEAR),
        new Binary(IMAGE, Shape.of(1, 1, 1, 64), BinaryFunction.MULTIPLY, Activation.SILU),
        new Binary(Shape.of(1, 1, 1, 64), IMAGE, BinaryFunction.MULTIPLY, Activation.RELU),
        new Binary(ODD, Shape.of(1, 1, 1, 17), BinaryFunction.SUBTRACT, Activation.LINEAR),
        new Binary(ODD, Shape.of(1, 1, 1, 1), BinaryFunction.DIVIDE, Activation.LINEAR),
        new Concat(List.of(IMAGE, Shape.of(1, 56, 56, 3), IMAGE), 3),
        new Eltwise(ODD, Activation.SILU),
        new Eltwise(ODD, Activation.SELU),
        new InnerProduct(Shape.of(1, 1280), 1000, true, Activation.LINEAR),
        new InnerProduct(Shape.of(3, 40), 21, true, Activation.RELU),
        new InnerProduct(Shape.of(1, 14, 14, 40), 80, false, Activation.GELU),
        new MatMul(Shape.of(3, 5, 7), Shape.of(3, 7, 9)),
        new Normalization(
            IMAGE,
            IntTuple.of(3),
            Normalization.Kind.STANDARD,
            1e-6,
            Shape.of(1, 1, 1, 64),
            true,
            true),
        pad(IMAGE),
        pad(ODD),
        pooling(PoolingKind.MAX, IMAGE, 3, 2),
        pooling(PoolingKind.AVERAGE, ODD, 3, 2),
        pooling(PoolingKind.AVERAGE, Shape.of(1, 7, 7, 1280), 7, 1),
        pooling(PoolingKind.MAX, Shape.of(1, 56, 56, 20), 56, 1),
        new Prelu(IMAGE, Shape.of(1, 1, 1, 64)),
        new Prelu(ODD, Shape.of(1, 15, 15, 17)),
        new Reduction(BATCH, IntTuple.of(1, 2), ReductionKind.MEAN),
        new Reduction(BATCH, IntTuple.of(1, 2), ReductionKind.SUM),
        new Reduction(BATCH, IntTuple.of(3), ReductionKind.MEAN),
        new Resize(ODD, Shape.of(2, 30, 45, 17), Resize.Method.NEAREST),
        new Resize(ODD, Shape.of(2, 20, 9, 17), Resize.Method.LINEAR),
        new Scale(ODD, Activation.RELU6),
        new Slice(IMAGE, IntTuple.of(0, 1, 2, 0), IntTuple.of(1, 1, 1, 1), Shape.of(1, 54, 53, 64)),
        new Slice(
            IMAGE, IntTuple.of(0, 0, 0, 32), IntTuple.of(1, 2, 2, 1), Shape.of(1, 28, 28, 32)));
  }

  @ParameterizedTest
  @MethodSource("opsOfNetworks")
  void opsOfNetworksAreVectorised(Op op) {
    try (CompiledOp compiled = compile(op)) {
      assertThat(compiled.implementation()).doesNotStartWith("ref").doesNotStartWith("java");
    }
  }

  @ParameterizedTest
  @MethodSource("opsOfNetworks")
  void anOutputThatOverlapsAnInputIsRefused(Op op) {
    long floats = op.output().elementCount();
    for (Shape input : op.inputs()) {
      floats += input.elementCount();
    }
    try (CompiledOp compiled = compile(op);
        Scratchpad scratchpad = Scratchpad.allocate(compiled.scratchpadBytes());
        OpRunner runner = compiled.newRunner(scratchpad);
        Scratchpad block = Scratchpad.allocate(floats * Float.BYTES)) {
      for (int overlapping = 0; overlapping < op.inputs().size(); overlapping++) {
        Tensor[] inputs = new Tensor[op.inputs().size()];
        long offset = op.output().elementCount() * Float.BYTES;
        for (int i = 0; i < inputs.length; i++) {
          Shape shape = op.inputs().get(i);
          long at = i == overlapping ? 0 : offset;
          inputs[i] = block.view(at, DataType.FLOAT32, shape);
          offset += i == overlapping ? 0 : shape.elementCount() * Float.BYTES;
        }
        Tensor output = block.view(0, DataType.FLOAT32, op.output());
        assertThatThrownBy(() -> runner.run(inputs, output))
            .isInstanceOf(InvalidBufferException.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("opsOfNetworks")
  void anOutputMayLieRightBehindAnInput(Op op) {
    long output = op.output().elementCount() * Float.BYTES;
    try (CompiledOp compiled = compile(op);
        Scratchpad scratchpad = Scratchpad.allocate(compiled.scratchpadBytes());
        OpRunner runner = compiled.newRunner(scratchpad);
        Scratchpad block = Scratchpad.allocate(bytes(op) + output)) {
      Tensor[] inputs = new Tensor[op.inputs().size()];
      long end = bytes(op);
      for (int i = inputs.length - 1; i >= 0; i--) {
        end -= op.inputs().get(i).elementCount() * Float.BYTES;
        inputs[i] = block.view(end, DataType.FLOAT32, op.inputs().get(i));
      }
      Tensor behind = block.view(bytes(op), DataType.FLOAT32, op.output());
      runner.run(inputs, behind);
    }
  }

  private static long bytes(Op op) {
    return op.inputs().stream().mapToLong(Shape::elementCount).sum() * Float.BYTES;
  }

  @Test
  void smallOpsGetOneThreadHoweverManyInputsTheyHave() {
    Shape small = Shape.of(1, 1000);
    Concat many = new Concat(Collections.nCopies(60, small), 1);
    assertThat(ThreadCount.of(new Concat(List.of(small, small), 1), CompileOptions.DEFAULT))
        .isEqualTo(1);
    assertThat(ThreadCount.of(many, CompileOptions.DEFAULT))
        .isEqualTo(CompileOptions.DEFAULT.threadLimit());
  }

  private static Pad pad(Shape shape) {
    return new Pad(shape, IntTuple.of(0, 1, 1, 0), IntTuple.of(0, 2, 1, 0), 0);
  }

  private static Pooling pooling(PoolingKind kind, Shape input, int kernel, int stride) {
    long extent = (input.dim(1) - kernel) / stride + 1;
    IntTuple zero = IntTuple.of(0, 0);
    return new Pooling(
        input,
        Shape.of(input.dim(0), extent, extent, input.dim(3)),
        new Window(
            IntTuple.of(kernel, kernel),
            IntTuple.of(stride, stride),
            IntTuple.of(1, 1),
            zero,
            IntTuple.generate(2, i -> (int) ((extent - 1) * stride + kernel - input.dim(1)))),
        kind);
  }

  private static CompiledOp compile(Op op) {
    List<Tensor> constants =
        op.constants().stream().map(shape -> random(shape, new Random(1))).toList();
    try {
      return new OneDnnEngine()
          .compileAlone(op, DataType.FLOAT32, constants, CompileOptions.DEFAULT);
    } finally {
      constants.forEach(Tensor::close);
    }
  }

  private static Tensor random(Shape shape, Random random) {
    Tensor tensor = Tensor.allocate(DataType.FLOAT32, shape);
    tensor.transform(ignored -> random.nextGaussian());
    return tensor;
  }
}
