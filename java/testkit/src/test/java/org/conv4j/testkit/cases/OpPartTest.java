package org.conv4j.testkit.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engines;
import org.conv4j.op.Op;
import org.conv4j.reference.ReferenceEngine;
import org.conv4j.tensor.DataType;
import org.conv4j.testkit.random.Activations;
import org.conv4j.testkit.random.RandomOps;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The parts of an op's output, computed from parts of its inputs, are the whole output. */
class OpPartTest {
  private static final int DRAWS = 400;
  private static final int MOST_PARTS = 4;

  @ParameterizedTest
  @EnumSource
  void partsComputeWhatTheWholeDoes(RandomOps.Kind kind) {
    Random random = new Random(11);
    RandomOps ops = RandomOps.small(random, Activations.ELEMENTWISE);
    int divided = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      OpCase whole = OpCase.normal(ops.next(kind), random);
      for (int parts = 2; parts <= MOST_PARTS; parts++) {
        Optional<Op> part = whole.op().part(parts);
        if (part.isPresent()) {
          assertThat(runInParts(whole, part.get(), parts))
              .as("%s in %d parts", whole.op(), parts)
              .isEqualTo(run(whole));
          divided++;
        }
      }
    }
    assertThat(divided).as("divisions that were compared").isGreaterThan(DRAWS / 20);
  }

  private static double[] runInParts(OpCase whole, Op part, int parts) {
    return IntStream.range(0, parts)
        .mapToObj(index -> run(whole.part(part, index)))
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  private static double[] run(OpCase opCase) {
    return opCase.run(
        Engines.byName(ReferenceEngine.NAME), DataType.FLOAT64, CompileOptions.DEFAULT);
  }
}
