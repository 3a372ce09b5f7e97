package org.conv4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.conv4j.activation.Activation;
import org.conv4j.engine.CompileOptions;
import org.conv4j.function.BinaryFunction;
import org.conv4j.function.PoolingKind;
import org.conv4j.function.ReductionKind;
import org.conv4j.function.ResizeCoordinates;
import org.conv4j.op.Binary;
import org.conv4j.op.Convolution;
import org.conv4j.op.Normalization;
import org.conv4j.op.Op;
import org.conv4j.op.Pooling;
import org.conv4j.op.Recurrence;
import org.conv4j.op.Reduction;
import org.conv4j.op.Resize;
import org.conv4j.op.SimpleOpVisitor;
import org.conv4j.op.Softmax;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.shape.Window;
import org.conv4j.tensor.DataType;
import org.conv4j.testkit.bound.OpErrorBound;
import org.conv4j.testkit.cases.LinearPart;
import org.conv4j.testkit.cases.OpCase;
import org.conv4j.testkit.cases.Outputs;
import org.conv4j.testkit.random.Activations;
import org.conv4j.testkit.random.RandomOps;
import org.conv4j.testkit.random.RandomOps.Kind;

/**
 * What every op must do on every engine, in every data type, whether a layer asks for it or not.
 * Every run also checks that the op overwrites its output and nothing else.
 */
abstract class OpContract extends Contract {
  private static final CompileOptions EXACT = CompileOptions.DEFAULT.withExact(true);

  private static final Arithmetic ARITHMETIC = new Arithmetic();

  /** Codes for what {@link Outputs} cannot compare; no op comes near them. */
  private static final double NOT_A_NUMBER = 1e200;

  private static final double INFINITE = 1e300;

  private static final List<CompileOptions> OPTIONS =
      List.of(CompileOptions.DEFAULT, EXACT, EXACT.withThreads(1), EXACT.withThreads(2));

  OpContract(EngineContract whole) {
    super(whole);
  }

  @Property(tries = 1000, seed = "20260103", shrinking = ShrinkingMode.OFF)
  void everyOpThatNeedNotRoundIsExactOnWholeNumbers(@ForAll Kind kind, @ForAll long seed) {
    Random random = new Random(seed);
    checkWithinBounds(
        OpCase.integers(RandomOps.small(random, Activations.WHOLE).next(kind), random), EXACT);
  }

  @Property(tries = 60, seed = "20260104", shrinking = ShrinkingMode.OFF)
  void largeOpsAreSharedBetweenThreads(@ForAll Kind kind, @ForAll long seed) {
    Random random = new Random(seed);
    checkWithinBounds(
        OpCase.integers(RandomOps.large(random, Activations.WHOLE).next(kind), random), EXACT);
  }

  @Property(tries = 1000, seed = "20260105", shrinking = ShrinkingMode.OFF)
  void everyOpStaysWithinTheErrorBound(@ForAll Kind kind, @ForAll long seed) {
    Random random = new Random(seed);
    CompileOptions drawn = OPTIONS.get(random.nextInt(OPTIONS.size()));
    CompileOptions options = whole().setsThreads() ? drawn : drawn.withThreads(0);
    checkWithinBounds(
        OpCase.normal(RandomOps.small(random, Activations.ELEMENTWISE).next(kind), random),
        options);
  }

  @Property(tries = 200, seed = "20260106", shrinking = ShrinkingMode.OFF)
  void anOpMayReadOneTensorAsBothOfItsInputs(@ForAll BinaryFunction function, @ForAll long seed) {
    Random random = new Random(seed);
    Binary drawn = (Binary) RandomOps.small(random, Activations.WHOLE).next(Kind.BINARY);
    Binary op = new Binary(drawn.output(), drawn.output(), function, drawn.activation());
    OpCase drawnCase = OpCase.normal(op, random).map(op, x -> (float) (Math.abs(x) + 0.25));
    OpCase same =
        new OpCase(op, List.of(drawnCase.inputs().get(0), drawnCase.inputs().get(0)), List.of());
    for (DataType dataType : engine().dataTypes()) {
      Outputs.assertWithin(
          "%s of %s with itself".formatted(op, dataType),
          same.runOnOne(engine(), dataType, EXACT),
          same.run(reference(), DataType.FLOAT64, EXACT),
          OpErrorBound.of(same, dataType, EXACT, reference()));
    }
  }

  @Property(tries = 500, seed = "20260107", shrinking = ShrinkingMode.OFF)
  void infinitiesAndNotANumbersGoWhereArithmeticTakesThem(@ForAll Kind kind, @ForAll long seed) {
    Random random = new Random(seed);
    Op op = RandomOps.small(random, List.of(Activation.LINEAR)).next(kind);
    if (!op.accept(ARITHMETIC) || op instanceof Pooling) {
      return;
    }
    OpCase opCase = OpCase.integers(op, random);
    double[] special = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    double[] first = opCase.inputs().get(0);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      first[random.nextInt(first.length)] = special[random.nextInt(special.length)];
    }
    double[] expected = opCase.run(reference(), DataType.FLOAT64, EXACT);
    for (DataType dataType : engine().dataTypes()) {
      double[] actual = opCase.run(engine(), dataType, EXACT);
      Outputs.assertExact(
          "%s of %s, seed %d, as codes".formatted(op, dataType, seed),
          codes(actual),
          codes(expected));
    }
  }

  @Property(tries = 60, seed = "20260109", shrinking = ShrinkingMode.OFF)
  void resizesMaySkipMostOfTheirInputs(
      @ForAll Resize.Method method, @ForAll ResizeCoordinates coordinates, @ForAll long seed) {
    Random random = new Random(seed);
    Shape input =
        Shape.of(1, 1 + random.nextInt(3), 40 + random.nextInt(400), 1 + random.nextInt(4));
    Shape output = Shape.of(1, 1 + random.nextInt(6), 1 + random.nextInt(8), input.intDim(3));
    Resize op = new Resize(input, output, method, coordinates);
    checkWithinBounds(OpCase.normal(op, random), CompileOptions.DEFAULT);
  }

  @Property(tries = 60, seed = "20260110", shrinking = ShrinkingMode.OFF)
  void kernelsMayBeMuchTallerThanTheirInput(@ForAll long seed) {
    Random random = new Random(seed);
    int kernel = 150 + random.nextInt(150);
    int dilation = 1 + random.nextInt(3);
    int height = 1 + random.nextInt(6);
    int padding = (kernel - 1) * dilation;
    Window window =
        new Window(
            IntTuple.of(kernel, 1 + random.nextInt(2)),
            IntTuple.of(1 + random.nextInt(3), 1),
            IntTuple.of(dilation, 1),
            IntTuple.of(padding, 0),
            IntTuple.of(random.nextInt(padding + 1), 0));
    Shape input = Shape.of(1, height, 2 + random.nextInt(3), 1 + random.nextInt(4));
    int padEnd = window.padEnd().get(0);
    int rows = (height + padEnd - 1) / window.strides().get(0) + 1;
    int columns = input.intDim(2) - window.kernel().get(1) + 1;
    Shape output = Shape.of(1, rows, columns, 1 + random.nextInt(4));
    Convolution op =
        new Convolution(input, output, window, 1, random.nextBoolean(), false, Activation.LINEAR);
    checkWithinBounds(OpCase.integers(op, random), EXACT);
  }

  @Property(tries = 60, seed = "20260111", shrinking = ShrinkingMode.OFF)
  void equalElementsAreNormalizedToZero(@ForAll boolean grouped, @ForAll long seed) {
    Random random = new Random(seed);
    Shape input = Shape.of(2, 1 + random.nextInt(4), 1 + random.nextInt(3), 1 + random.nextInt(9));
    double[] epsilons = {1e-3, 1e-30, 1e-39, 1e-60, 1e-300};
    Normalization op =
        new Normalization(
            input,
            grouped ? IntTuple.of(1, 3) : IntTuple.of(3),
            Normalization.Kind.STANDARD,
            epsilons[random.nextInt(epsilons.length)],
            input,
            false,
            false);
    double value = random.nextInt(9);
    checkWithinBounds(OpCase.integers(op, random).map(op, x -> (float) value), EXACT);
  }

  @Property(tries = 200, seed = "20260108", shrinking = ShrinkingMode.OFF)
  void runsAllocateNothing(@ForAll Kind kind, @ForAll long seed) {
    Random random = new Random(seed);
    OpCase opCase =
        OpCase.integers(RandomOps.small(random, Activations.ELEMENTWISE).next(kind), random);
    for (DataType dataType : engine().dataTypes()) {
      assertThat(opCase.bytesAllocatedByRuns(engine(), dataType, CompileOptions.DEFAULT))
          .as("bytes allocated by runs of %s of %s", opCase.op(), dataType)
          .isZero();
    }
  }

  /** Numbers that are equal only for equal numbers, all the same for what is not a number. */
  private static double[] codes(double[] values) {
    return Arrays.stream(values)
        .map(
            value ->
                Double.isNaN(value) ? NOT_A_NUMBER : Math.max(-INFINITE, Math.min(INFINITE, value)))
        .toArray();
  }

  private void checkWithinBounds(OpCase opCase, CompileOptions options) {
    double[] expected = opCase.run(reference(), DataType.FLOAT64, EXACT);
    boolean exact = isWhole(opCase);
    for (DataType dataType : engine().dataTypes()) {
      Outputs.assertWithin(
          "%s of %s, %s".formatted(opCase.op(), dataType, options),
          opCase.run(engine(), dataType, options),
          expected,
          exact
              ? new double[expected.length]
              : OpErrorBound.of(opCase, dataType, options, reference()));
    }
  }

  /** Whether all numbers are whole, and the op makes whole numbers of them. */
  private static boolean isWhole(OpCase opCase) {
    return opCase.op().accept(ARITHMETIC)
        && Activations.WHOLE.contains(LinearPart.of(opCase.op()).activation())
        && isWhole(opCase.inputs())
        && isWhole(opCase.constants());
  }

  private static boolean isWhole(List<double[]> values) {
    return values.stream().flatMapToDouble(Arrays::stream).allMatch(x -> x == Math.rint(x));
  }

  /** Whether an op is defined by additions, multiplications and comparisons alone. */
  private static final class Arithmetic extends SimpleOpVisitor<Boolean> {
    @Override
    public Boolean visit(Binary op) {
      return op.function() != BinaryFunction.POWER;
    }

    @Override
    public Boolean visit(Normalization op) {
      return false;
    }

    @Override
    public Boolean visit(Pooling op) {
      return op.kind() == PoolingKind.MAX;
    }

    /** Whole numbers grow too large in a few steps. */
    @Override
    public Boolean visit(Recurrence op) {
      return false;
    }

    @Override
    public Boolean visit(Reduction op) {
      return op.kind() != ReductionKind.MEAN;
    }

    @Override
    public Boolean visit(Resize op) {
      return op.method() == Resize.Method.NEAREST;
    }

    @Override
    public Boolean visit(Softmax op) {
      return false;
    }

    @Override
    protected Boolean other(Op op) {
      return true;
    }
  }
}
