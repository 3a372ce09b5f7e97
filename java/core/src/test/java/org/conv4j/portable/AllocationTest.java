package org.conv4j.portable;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.CompiledOp;
import org.conv4j.engine.OpRunner;
import org.conv4j.op.Op;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Memory;
import org.conv4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final int RUNS = 50;

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void convolutionsAllocateNothingOnOneThread() {
    assertAllocatesNothing(RandomOps::convolution);
    assertAllocatesNothing(RandomOps::depthwise);
    assertAllocatesNothing(RandomOps::manyFilters);
  }

  @Test
  void deconvolutionsAllocateNothingOnOneThread() {
    assertAllocatesNothing(RandomOps::deconvolution);
  }

  @Test
  void otherOpsAllocateNothingOnOneThread() {
    assertAllocatesNothing(RandomOps::softmax);
    assertAllocatesNothing(RandomOps::permute);
  }

  private static void assertAllocatesNothing(Function<RandomOps, Op> draw) {
    RandomOps ops = new RandomOps(7);
    for (int i = 0; i < 10; i++) {
      Op op = draw.apply(ops);
      assertThat(allocatedByRuns(op)).as("bytes allocated by runs of %s", op).isZero();
    }
  }

  /** The least of several measurements, because the first also counts the loading of classes. */
  private static long allocatedByRuns(Op op) {
    List<Tensor> constants = SameAsReference.constants(new Random(1), DataType.FLOAT32, op);
    CompileOptions options = CompileOptions.DEFAULT.withThreads(1);
    CompiledOp compiled = new JavaEngine().compile(op, DataType.FLOAT32, constants, options);
    try (OpRunner runner = compiled.newRunner(Memory.allocate(0));
        Tensor input = Tensor.allocate(DataType.FLOAT32, op.input());
        Tensor output = Tensor.allocate(DataType.FLOAT32, op.output())) {
      Tensor[] inputs = {input};
      long least = Long.MAX_VALUE;
      for (int measurement = 0; measurement < 3; measurement++) {
        long before = allocatedBytes();
        for (int i = 0; i < RUNS; i++) {
          runner.run(inputs, output);
        }
        least = Math.min(least, allocatedBytes() - before);
      }
      return least;
    }
  }

  private static long allocatedBytes() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }
}
