package org.conv4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.lowering.Program;
import org.conv4j.lowering.Step;
import org.conv4j.op.Softmax;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.tensor.Memory;

class MemoryPlanTest {
  /** A chain of steps whose outputs have the given sizes. */
  private static Program program(List<Integer> sizes) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      Softmax op = new Softmax(Shape.of(sizes.get(i)), 0, false);
      steps.add(new Step("layer", op, List.of(i), i + 1, List.of()));
    }
    return program(steps, Shape.of(sizes.get(sizes.size() - 1)));
  }

  private static Program program(List<Step> steps, Shape output) {
    return new Program(
        List.of(Shape.of(1)), Map.of(), steps, List.of(steps.size()), List.of(output));
  }

  @Property(tries = 500)
  void valuesOfAChainThatAreAliveTogetherNeverOverlap(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 500) Integer> sizes) {
    Program program = program(sizes);
    MemoryPlan plan = new MemoryPlan(program, DataType.FLOAT64);
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

  @Example
  void aLongChainNeedsNoMoreThanItsTwoLargestNeighbours() {
    MemoryPlan plan = new MemoryPlan(program(List.of(16, 32, 16, 32, 16, 32, 1)), DataType.FLOAT32);
    assertThat(plan.arenaBytes()).isEqualTo(64 + 128);
  }

  @Example
  void aSingleStepNeedsNoArena() {
    assertThat(new MemoryPlan(program(List.of(16)), DataType.FLOAT32).arenaBytes()).isZero();
  }

  @Example
  void aValueLargerThanAnyMemoryIsReported() {
    Softmax op = new Softmax(Shape.of(1L << 62), 0, false);
    Program program =
        program(
            List.of(
                new Step("a", op, List.of(0), 1, List.of()),
                new Step("b", op, List.of(1), 2, List.of())),
            op.input());
    assertThatThrownBy(() -> new MemoryPlan(program, DataType.FLOAT64))
        .isInstanceOf(ShapeMismatchException.class);
  }
}
