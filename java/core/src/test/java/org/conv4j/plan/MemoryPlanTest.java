package org.conv4j.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.State;
import org.conv4j.lowering.Step;
import org.conv4j.op.Concat;
import org.conv4j.op.Op;
import org.conv4j.op.Pad;
import org.conv4j.op.Slice;
import org.conv4j.op.Softmax;
import org.conv4j.shape.IntTuple;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.ValueType;
import org.conv4j.tensor.internal.Memory;

class MemoryPlanTest {
  /** A chain of steps whose outputs have the given sizes. */
  private static Program program(List<Integer> sizes) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      Op op = resized(i == 0 ? 1 : sizes.get(i - 1), sizes.get(i));
      steps.add(new Step("layer", op, List.of(i), i + 1, List.of()));
    }
    return program(Shape.of(1), steps, Shape.of(sizes.get(sizes.size() - 1)));
  }

  private static Op resized(int from, int to) {
    IntTuple zero = IntTuple.of(0);
    return to > from
        ? new Pad(Shape.of(from), zero, IntTuple.of(to - from), 0)
        : new Slice(Shape.of(from), zero, IntTuple.of(1), Shape.of(to));
  }

  private static Program program(Shape input, List<Step> steps, Shape output) {
    return Program.of(List.of(input), Map.of(), steps, List.of(steps.size()), List.of(output));
  }

  @Property(tries = 500)
  void valuesOfAChainThatAreAliveTogetherNeverOverlap(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 500) Integer> sizes) {
    Program program = program(sizes);
    MemoryPlan plan = new MemoryPlan(program.as(DataType.FLOAT64));
    for (int value = 1; value < sizes.size(); value++) {
      assertThat(plan.isIntermediate(value)).isTrue();
      assertThat(plan.offset(value) % Memory.ALIGNMENT).isZero();
      assertThat(end(plan, sizes, value)).isLessThanOrEqualTo(plan.arenaBytes());
      if (value + 1 < sizes.size()) {
        assertThat(
                end(plan, sizes, value) <= plan.offset(value + 1)
                    || end(plan, sizes, value + 1) <= plan.offset(value))
            .isTrue();
      }
    }
    assertThat(plan.isIntermediate(0)).isFalse();
    assertThat(plan.isIntermediate(sizes.size())).isFalse();
  }

  private static long end(MemoryPlan plan, List<Integer> sizes, int value) {
    return plan.offset(value) + 8L * sizes.get(value - 1);
  }

  /**
   * A graph in which every step reads up to three of the values before it, some of them twice, and
   * some values are outputs.
   */
  private static Program graph(Random random, int count) {
    List<Step> steps = new ArrayList<>();
    List<Integer> outputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Integer> reads = new ArrayList<>();
      List<Shape> shapes = new ArrayList<>();
      for (int reading = random.nextInt(3); reading >= 0; reading--) {
        int value = random.nextInt(i + 1);
        Shape shape = value == 0 ? Shape.of(1) : steps.get(value - 1).op().output();
        if (shape.elementCount() <= 300) {
          reads.add(value);
          shapes.add(shape);
        }
      }
      int more = 1 + random.nextInt(300);
      shapes.addAll(Collections.nCopies(more, Shape.of(1)));
      reads.addAll(Collections.nCopies(more, 0));
      steps.add(new Step("layer", new Concat(shapes, 0), reads, i + 1, List.of()));
      if (i == count - 1 || random.nextInt(8) == 0) {
        outputs.add(i + 1);
      }
    }
    List<Shape> shapes = outputs.stream().map(value -> steps.get(value - 1).op().output()).toList();
    return Program.of(List.of(Shape.of(1)), Map.of(), steps, outputs, shapes);
  }

  @Property(tries = 500)
  void valuesOfAGraphThatAreAliveTogetherNeverOverlap(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 14) int count) {
    Program program = graph(new Random(seed), count);
    MemoryPlan plan = new MemoryPlan(program);
    assertThat(plan.arenaBytes()).isGreaterThanOrEqualTo(plan.liveBytes());
    // By running it: the last writer of a byte owns it, and must still own it when the value is
    // read.
    int[] owners = new int[(int) plan.arenaBytes()];
    for (Step step : program.steps()) {
      for (int value : step.inputs()) {
        assertThat(plan.isIntermediate(value))
            .isEqualTo(value != 0 && !program.outputs().contains(value));
        if (plan.isIntermediate(value)) {
          assertThat(Arrays.copyOfRange(owners, begin(plan, value), end(plan, program, value)))
              .as("bytes of value %d before step %d", value, step.output())
              .containsOnly(value);
        }
      }
      if (plan.isIntermediate(step.output())) {
        int begin = begin(plan, step.output());
        Arrays.fill(owners, begin, end(plan, program, step.output()), step.output());
        for (int value : step.inputs()) {
          if (plan.isIntermediate(value)) {
            assertThat(Arrays.copyOfRange(owners, begin(plan, value), end(plan, program, value)))
                .as("bytes of value %d while step %d writes", value, step.output())
                .containsOnly(value);
          }
        }
      }
    }
  }

  private static int begin(MemoryPlan plan, int value) {
    return Math.toIntExact(plan.offset(value));
  }

  private static int end(MemoryPlan plan, Program program, int value) {
    long elements = program.steps().get(value - 1).op().output().elementCount();
    return Math.toIntExact(plan.offset(value) + 4 * elements);
  }

  @Example
  void aLongChainNeedsNoMoreThanItsTwoLargestNeighbours() {
    MemoryPlan plan = new MemoryPlan(program(List.of(16, 32, 16, 32, 16, 32, 1)));
    assertThat(plan.arenaBytes()).isEqualTo(64 + 128);
  }

  @Example
  void aSingleStepNeedsNoArena() {
    assertThat(new MemoryPlan(program(List.of(16))).arenaBytes()).isZero();
  }

  @Example
  void aValueLargerThanAnyMemoryIsReported() {
    Softmax op = new Softmax(Shape.of(1L << 62), 0, false);
    Program program =
        program(
            op.input(),
            List.of(
                new Step("a", op, List.of(0), 1, List.of()),
                new Step("b", op, List.of(1), 2, List.of())),
            op.input());
    assertThatThrownBy(() -> new MemoryPlan(program.as(DataType.FLOAT64)))
        .isInstanceOf(ShapeMismatchException.class);
  }

  @Example
  void aStateSharesItsMemoryWithNoValue() {
    Shape shape = Shape.of(16);
    ValueType type = ValueType.of(DataType.FLOAT64, shape);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int read = i == 3 ? 7 : i;
      Op op = new Concat(List.of(shape), 0);
      steps.add(new Step("layer", op, List.of(read), i + 1, List.of()).withType(type));
    }
    Program program =
        new Program(
            List.of(type),
            Map.of(),
            List.of(new State(7, type, 2)),
            steps,
            List.of(6),
            List.of(shape));
    MemoryPlan plan = new MemoryPlan(program);
    for (int state : List.of(7, 2)) {
      for (int value : List.of(1, 2, 3, 4, 5, 7)) {
        boolean same = plan.offset(value) == plan.offset(state);
        assertThat(same).as(state + " and " + value).isEqualTo(value == state);
      }
    }
  }

  @Example
  void eachValueHasTheSizeOfItsOwnType() {
    Shape shape = Shape.of(64);
    Op op = new Concat(List.of(shape), 0);
    Step narrow = new Step("narrow", op, List.of(0), 1, List.of());
    Step wide = new Step("wide", op, List.of(1), 2, List.of());
    Step last = new Step("last", op, List.of(2), 3, List.of());
    Step wider = wide.withType(ValueType.of(DataType.FLOAT64, shape));
    assertThat(new MemoryPlan(program(shape, List.of(narrow, wide, last), shape)).liveBytes())
        .isEqualTo(64 * (4 + 4));
    assertThat(new MemoryPlan(program(shape, List.of(narrow, wider, last), shape)).liveBytes())
        .isEqualTo(64 * (4 + 8));
  }
}
