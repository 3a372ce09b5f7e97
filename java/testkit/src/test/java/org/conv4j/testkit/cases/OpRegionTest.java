package org.conv4j.testkit.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.op.Op;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.shape.Region;
import org.conv4j.shape.Shape;
import org.conv4j.tensor.DataType;
import org.conv4j.testkit.random.Activations;
import org.conv4j.testkit.random.RandomOps;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A region of an op's output, computed from what the op says it reads, is that of the whole. */
class OpRegionTest {
  private static final int DRAWS = 100;
  private static final int REGIONS = 6;

  @ParameterizedTest
  @EnumSource
  void aRegionComputesWhatTheWholeDoesThere(RandomOps.Kind kind) {
    Random random = new Random(17);
    RandomOps ops = RandomOps.small(random, Activations.ELEMENTWISE);
    int compared = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      OpCase whole = OpCase.normal(ops.next(kind), random);
      double[] expected = run(whole);
      for (int i = 0; i < REGIONS; i++) {
        Region region = region(whole.op().output(), random);
        Optional<Op> part = whole.op().on(region);
        if (part.isPresent()) {
          assertThat(run(whole.on(part.get(), region)))
              .as("%s of %s", region, whole.op())
              .isEqualTo(OpCase.elements(expected, whole.op().output(), region));
          compared++;
        }
      }
    }
    assertThat(compared).as("regions that were compared").isGreaterThan(DRAWS);
  }

  @ParameterizedTest
  @EnumSource
  void theWholeOutputIsThatOfTheOpItself(RandomOps.Kind kind) {
    Random random = new Random(19);
    RandomOps ops = RandomOps.small(random, Activations.ELEMENTWISE);
    for (int draw = 0; draw < DRAWS; draw++) {
      Op op = ops.next(kind);
      assertThat(op.on(Region.of(op.output()))).contains(op);
    }
  }

  /** Some of the axes are cut. */
  private static Region region(Shape shape, Random random) {
    Region region = Region.of(shape);
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (random.nextBoolean()) {
        int from = random.nextInt(shape.intDim(axis));
        region = region.with(axis, from, from + 1 + random.nextInt(shape.intDim(axis) - from));
      }
    }
    return region;
  }

  private static double[] run(OpCase opCase) {
    double[] output =
        opCase.run(Engines.byName(ReferenceEngine.NAME), DataType.FLOAT64, CompileOptions.DEFAULT);
    return Arrays.copyOf(output, output.length);
  }
}
