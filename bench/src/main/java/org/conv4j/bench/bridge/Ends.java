package org.conv4j.bench.bridge;

import org.conv4j.notation.BenchCase;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Memory;
import org.conv4j.tensor.Tensor;

/**
 * The input and the output of a case in one block, placed as {@code native/baseline} places them:
 * the input at the start of a page, the output {@link #STAGGER} bytes after the start of another.
 * Where input and output lie relative to pages changes the time of some kernels by 30%, because the
 * processor compares the last 12 bits of addresses to find loads that must wait for stores.
 *
 * @param block owner of both
 * @param input filled
 * @param output zeros
 */
record Ends(Memory block, Tensor input, Tensor output) implements AutoCloseable {
  private static final int PAGE = 4096;
  private static final int STAGGER = 1024;

  static Ends of(BenchCase benchCase) {
    long outputOffset = (bytes(benchCase.input()) + PAGE - 1) / PAGE * PAGE + STAGGER;
    Memory block = Memory.allocate(PAGE + outputOffset + bytes(benchCase.output()));
    int past = block.bytes().alignmentOffset(0, PAGE);
    int start = past == 0 ? 0 : PAGE - past;
    Tensor input = Tensor.view(block, start, DataType.FLOAT32, benchCase.input());
    OperandValues.fill(input, 0);
    return new Ends(
        block,
        input,
        Tensor.view(block, start + outputOffset, DataType.FLOAT32, benchCase.output()));
  }

  private static long bytes(Shape shape) {
    return shape.elementCount() * DataType.FLOAT32.bytes();
  }

  @Override
  public void close() {
    block.close();
  }
}
