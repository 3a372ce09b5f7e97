package org.conv4j.testkit.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Scratchpad;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.op.Binary;
import org.conv4j.op.Gather;
import org.conv4j.op.Op;
import org.conv4j.op.Recurrence;
import org.conv4j.plan.Plan;
import org.conv4j.plan.Session;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Tensor;
import org.conv4j.tensor.internal.Memory;
import org.conv4j.weights.Constant;

/**
 * An op with inputs and constants, all of them float32 numbers.
 *
 * @param op the op
 * @param inputs by input, its elements in row-major order
 * @param constants by constant, its elements in row-major order
 */
public record OpCase(Op op, List<double[]> inputs, List<double[]> constants) {
  /** Whole numbers from minus this to this. */
  private static final int INTEGER_LIMIT = 4;

  /** How many runs {@link #bytesAllocatedByRuns} counts. */
  public static final int RUNS = 50;

  /** What lies before and behind an output, and must still lie there after a run. */
  private static final int FENCE = Memory.ALIGNMENT;

  /**
   * Makes small whole numbers, so that no sum rounds in float32, nor a quotient.
   *
   * @param op the op
   * @param random decides the numbers
   * @return the op with inputs and constants
   */
  public static OpCase integers(Op op, Random random) {
    DoubleSupplier next = () -> random.nextInt(2 * INTEGER_LIMIT + 1) - INTEGER_LIMIT;
    OpCase made = filled(op, next, next);
    makeIndices(made, random);
    if (op instanceof Binary binary) {
      switch (binary.function()) {
        case DIVIDE -> makePowersOfTwo(made.inputs.get(1), random);
        case POWER -> makePowersOfTwo(made.inputs.get(0), random);
        default -> {}
      }
    }
    return made;
  }

  /**
   * Makes normally distributed numbers. Divisors and bases of powers are made positive, masks 0 or
   * 1, numbers of rows those of a table.
   *
   * @param op the op
   * @param random decides the numbers
   * @return the op with inputs and constants
   */
  public static OpCase normal(Op op, Random random) {
    DoubleSupplier next = () -> (float) random.nextGaussian();
    OpCase made = filled(op, next, next);
    makeIndices(made, random);
    if (op instanceof Recurrence recurrence) {
      makeStable(made.constants.get(0), recurrence.units());
      if (recurrence.masking() != Recurrence.Masking.NONE) {
        double[] mask = made.inputs.get(recurrence.maskIndex());
        Arrays.setAll(mask, i -> random.nextInt(2));
      }
    }
    if (op instanceof Binary binary) {
      switch (binary.function()) {
        case DIVIDE -> makePositive(made.inputs.get(1));
        case POWER -> makePositive(made.inputs.get(0));
        default -> {}
      }
    }
    return made;
  }

  /** Numbers of rows that a table has, from its begin or from its end. */
  private static void makeIndices(OpCase made, Random random) {
    if (made.op instanceof Gather gather) {
      int rows = gather.table().intDim(0);
      Arrays.setAll(made.inputs.get(1), i -> random.nextInt(2 * rows) - rows);
    }
  }

  /** With larger weights a recurrence is chaotic: after some steps, roundings decide everything. */
  private static void makeStable(double[] kernel, int units) {
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = (float) (kernel[i] / (4.0 * units));
    }
  }

  private static void makePowersOfTwo(double[] values, Random random) {
    double[] powers = {-2, -1, 1, 2, 4};
    Arrays.setAll(values, i -> powers[random.nextInt(powers.length)]);
  }

  private static void makePositive(double[] values) {
    Arrays.setAll(values, i -> (float) (Math.abs(values[i]) + 0.25));
  }

  private static OpCase filled(Op op, DoubleSupplier inputs, DoubleSupplier constants) {
    return new OpCase(op, filled(op.inputs(), inputs), filled(op.constants(), constants));
  }

  private static List<double[]> filled(List<Shape> shapes, DoubleSupplier next) {
    List<double[]> filled = new ArrayList<>();
    for (Shape shape : shapes) {
      double[] values = new double[(int) shape.elementCount()];
      Arrays.setAll(values, i -> next.getAsDouble());
      filled.add(values);
    }
    return filled;
  }

  /**
   * Replaces the numbers.
   *
   * @param changed another op on the same shapes
   * @param function gives the new numbers, of inputs and constants
   * @return a changed copy
   */
  public OpCase map(Op changed, DoubleUnaryOperator function) {
    return new OpCase(changed, map(inputs, function), map(constants, function));
  }

  /**
   * Cuts inputs along their first axis, those of extent 1 excepted.
   *
   * @param partOp what computes a part of the output
   * @param index which part of the inputs
   * @return the op with these parts and the same constants
   */
  OpCase part(Op partOp, int index) {
    List<double[]> cut = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      int size = (int) partOp.inputs().get(i).elementCount();
      int first = op.inputs().get(i).dim(0) == 1 ? 0 : index * size;
      cut.add(Arrays.copyOfRange(inputs.get(i), first, first + size));
    }
    return new OpCase(partOp, cut, constants);
  }

  /**
   * Keeps what a region of the output is computed from.
   *
   * @param regionOp what computes the region
   * @param output the region
   * @return that op with these parts of inputs and constants
   */
  OpCase on(Op regionOp, Region output) {
    List<double[]> read = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      read.add(elements(inputs.get(i), op.inputs().get(i), op.reads(i, output)));
    }
    List<double[]> weights = new ArrayList<>();
    for (int i = 0; i < constants.size(); i++) {
      Region part = op.readsConstant(i, output);
      weights.add(elements(constants.get(i), op.constants().get(i), part));
    }
    return new OpCase(regionOp, read, weights);
  }

  /** The elements of a region in row-major order. */
  static double[] elements(double[] whole, Shape shape, Region region) {
    double[] part = new double[(int) region.shape().elementCount()];
    for (int i = 0; i < part.length; i++) {
      int rest = i;
      int at = 0;
      int stride = 1;
      for (int axis = shape.rank() - 1; axis >= 0; axis--) {
        int extent = (int) region.extent(axis);
        at += stride * (int) (region.begin(axis) + rest % extent);
        rest /= extent;
        stride *= shape.intDim(axis);
      }
      part[i] = whole[at];
    }
    return part;
  }

  private static List<double[]> map(List<double[]> values, DoubleUnaryOperator function) {
    return values.stream().map(array -> Arrays.stream(array).map(function).toArray()).toList();
  }

  /**
   * Computes the op.
   *
   * @param engine what runs it
   * @param dataType the type to compute with
   * @param options how
   * @return the output's elements in row-major order
   */
  public double[] run(Engine engine, DataType dataType, CompileOptions options) {
    int count = inputs.size();
    return run(engine, dataType, options, IntStream.range(0, count).boxed().toList());
  }

  /**
   * Computes the op on its first input, given for all of them.
   *
   * @param engine what runs it
   * @param dataType the type to compute with
   * @param options how
   * @return the output's elements in row-major order
   */
  public double[] runOnOne(Engine engine, DataType dataType, CompileOptions options) {
    return run(engine, dataType, options, Collections.nCopies(inputs.size(), 0));
  }

  /**
   * Measures what runs on one thread allocate on the Java heap.
   *
   * @param engine what runs the op
   * @param dataType the type to compute with
   * @param options how
   * @return bytes; the least of several measurements, because the first also counts the loading of
   *     classes
   */
  public long bytesAllocatedByRuns(Engine engine, DataType dataType, CompileOptions options) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    List<Tensor> weights = tensors(op.constants(), constants, dataType);
    List<Tensor> tensors = tensors(op.inputs(), inputs, dataType);
    int count = inputs.size();
    Program program = program(IntStream.range(0, count).boxed().toList(), weights);
    try (Plan plan = Plan.compile(program.as(dataType), engine, options);
        Session session = plan.newSession();
        Tensor output = Tensor.allocate(dataType, op.output())) {
      Tensor[] arguments = tensors.toArray(Tensor[]::new);
      Tensor[] outputs = {output};
      long least = Long.MAX_VALUE;
      for (int measurement = 0; measurement < 3; measurement++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < RUNS; i++) {
          session.run(arguments, outputs);
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      return least;
    } finally {
      tensors.forEach(Tensor::close);
      weights.forEach(Tensor::close);
    }
  }

  /** The op alone, reading some of the program's inputs. */
  private Program program(List<Integer> reads, List<Tensor> weights) {
    int given = 1 + Collections.max(reads);
    Step step = new Step("op", op, reads, given, Constant.given(weights));
    return Program.of(
        op.inputs().subList(0, given),
        Map.of(),
        List.of(step),
        List.of(given),
        List.of(op.output()));
  }

  /**
   * Computes the op twice, into memory full of other things, and checks that it writes its output,
   * the same both times, and nothing else.
   */
  private double[] run(
      Engine engine, DataType dataType, CompileOptions options, List<Integer> reads) {
    List<Tensor> weights = tensors(op.constants(), constants, dataType);
    int given = 1 + Collections.max(reads);
    List<Tensor> tensors = tensors(op.inputs().subList(0, given), inputs, dataType);
    Program program = program(reads, weights);
    long bytes = op.output().elementCount() * dataType.bytes();
    try (Plan plan = Plan.compile(program.as(dataType), engine, options);
        Session session = plan.newSession();
        Scratchpad memory = Scratchpad.allocate(2 * FENCE + (bytes + FENCE - 1) / FENCE * FENCE)) {
      Tensor output = memory.view(FENCE, dataType, op.output());
      Tensor before = fence(memory, 0, dataType);
      Tensor behind = fence(memory, FENCE + bytes / FENCE * FENCE, dataType);
      Tensor[] outputs = {output};
      Tensor[] arguments = tensors.toArray(Tensor[]::new);
      fill(List.of(before, behind, output), 7);
      session.run(arguments, outputs);
      double[] first = output.toDoubleArray();
      fill(List.of(output), Double.NaN);
      session.run(arguments, outputs);
      assertThat(output.toDoubleArray()).as("%s, run again", op).isEqualTo(first);
      assertThat(before.toDoubleArray()).as("%s, before its output", op).containsOnly(7);
      int behindOutput = (int) (bytes % FENCE / dataType.bytes());
      double[] rest = behind.toDoubleArray();
      assertThat(Arrays.copyOfRange(rest, behindOutput, rest.length))
          .as("%s, behind its output", op)
          .containsOnly(7);
      for (int i = 0; i < given; i++) {
        assertThat(tensors.get(i).toDoubleArray())
            .as("%s, input %d after a run", op, i)
            .isEqualTo(inputs.get(i));
      }
      return first;
    } finally {
      tensors.forEach(Tensor::close);
      weights.forEach(Tensor::close);
    }
  }

  private static Tensor fence(Scratchpad memory, long byteOffset, DataType dataType) {
    return memory.view(byteOffset, dataType, Shape.of(FENCE / dataType.bytes()));
  }

  private static void fill(List<Tensor> tensors, double value) {
    tensors.forEach(tensor -> tensor.transform(old -> value));
  }

  private static List<Tensor> tensors(
      List<Shape> shapes, List<double[]> values, DataType dataType) {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      tensors.add(Tensor.allocate(dataType, shapes.get(i)).copyFrom(values.get(i)));
    }
    return tensors;
  }
}
