package org.conv4j.onednn.primitive.operation;

import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.engine.Scratchpad;
import org.conv4j.machine.Machine;
import org.conv4j.onednn.binding.Address;
import org.conv4j.onednn.binding.Layouts;
import org.conv4j.onednn.binding.OneDnn;
import org.conv4j.onednn.binding.Status;
import org.conv4j.onednn.choice.PrimitiveCosts;
import org.conv4j.onednn.primitive.PrimitiveBuilder;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;

/**
 * A function of many short lines and a vector, such as the product that ends a squeeze-and-excite
 * block: oneDNN calls its kernel for each line, which costs as much as 32 channels do. The vector
 * is repeated first, and then combined with several lines at a time. Owner of both primitives.
 *
 * @param repetition makes copies of the vector
 * @param function combines them with long lines
 * @param vector which of the inputs the vector is
 * @param copies the shape of the vector's copies
 */
record RepeatedVector(CompiledOp repetition, CompiledOp function, int vector, Shape copies)
    implements CompiledOp {
  private static final int ALIGNMENT = 64;

  /** How many lines to take together: a divisor of their number, 1 for none. */
  static int lines(BroadcastPair operands) {
    Shape left = operands.left();
    Shape right = operands.right();
    int rank = left.rank();
    boolean isVector =
        (rank == 2 || rank == 3)
            && right.dim(-2) == 1
            && right.dim(-1) == left.dim(-1)
            && right.dim(0) == (rank == 2 ? 1 : left.dim(0));
    PrimitiveCosts costs = PrimitiveCosts.of(Machine.host());
    if (!isVector
        || left.dim(-1) > costs.shortLine()
        || left.elementCount() < costs.leastRepeated()) {
      return 1;
    }
    int lines = (int) Math.min(costs.longLine() / left.dim(-1), left.dim(-2));
    while (left.dim(-2) % lines != 0) {
      lines--;
    }
    return lines;
  }

  /**
   * Puts the repetition before a function, of which it takes ownership.
   *
   * @param function takes vectors of {@code lines} times their length
   * @param vector which of the inputs the vector is
   * @param shape the vector's, or that of several
   * @param lines how often each is repeated
   */
  static CompiledOp before(CompiledOp function, int vector, Shape shape, int lines) {
    long count = shape.elementCount() / shape.dim(-1);
    Shape copies = Shape.of(count, lines, shape.dim(-1));
    try (PrimitiveBuilder builder = new PrimitiveBuilder("repeat", List.of());
        Tensor ones = Tensor.allocate(DataType.FLOAT32, copies)) {
      ones.transform(ignored -> 1);
      dnnl_memory_desc first =
          builder.constant(dnnl.DNNL_ARG_SRC_0, Layouts.rowMajor(copies), ones);
      dnnl_memory_desc second =
          builder.input(
              dnnl.DNNL_ARG_SRC_1, Layouts.rowMajor(Shape.of(count, 1, shape.dim(-1))), vector);
      dnnl_memory_desc result = builder.output(Layouts.rowMajor(copies));
      dnnl_primitive_desc desc = new dnnl_primitive_desc();
      Status.check(
          dnnl.dnnl_binary_primitive_desc_create(
              desc,
              OneDnn.engine(),
              dnnl.dnnl_binary_mul,
              first,
              second,
              result,
              builder.attributes()),
          "copies of " + shape);
      builder.primitive(desc);
      return new RepeatedVector(builder.build(), function, vector, copies);
    } catch (RuntimeException | Error failure) {
      function.close();
      throw failure;
    }
  }

  @Override
  public String kernel() {
    return function.kernel() + "-repeated";
  }

  @Override
  public String implementation() {
    return function.implementation();
  }

  @Override
  public int threads() {
    return function.threads();
  }

  /** The primitives run one after the other; the copies lie behind what either needs. */
  private long copiesOffset() {
    long most = Math.max(repetition.scratchpadBytes(), function.scratchpadBytes());
    return (most + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  @Override
  public long scratchpadBytes() {
    return copiesOffset() + bytes(copies);
  }

  private static long bytes(Shape shape) {
    return shape.elementCount() * DataType.FLOAT32.bytes();
  }

  @Override
  public OpRunner newRunner(Scratchpad scratchpad) {
    return new Runner(scratchpad);
  }

  @Override
  public void close() {
    repetition.close();
    function.close();
  }

  private final class Runner implements OpRunner {
    private final Tensor repeated;
    private final OpRunner first;
    private final OpRunner second;
    private final Tensor[] operands = new Tensor[2];
    private final long vectorBytes = bytes(copies) / copies.dim(1);

    Runner(Scratchpad scratchpad) {
      repeated = scratchpad.view(copiesOffset(), DataType.FLOAT32, copies);
      first = repetition.newRunner(scratchpad);
      second = function.newRunner(scratchpad);
    }

    @Override
    public void run(Tensor[] inputs, Tensor output) {
      Address.requireDisjoint(
          Address.of(inputs[vector]), vectorBytes, Address.of(output), bytes(output.shape()));
      first.run(inputs, repeated);
      operands[vector] = repeated;
      operands[1 - vector] = inputs[1 - vector];
      second.run(operands, output);
    }

    @Override
    public void close() {
      first.close();
      second.close();
    }
  }
}
