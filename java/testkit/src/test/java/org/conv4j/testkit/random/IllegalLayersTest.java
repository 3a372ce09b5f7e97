package org.conv4j.testkit.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.conv4j.error.InvalidLayerException;
import org.conv4j.error.ShapeMismatchException;
import org.conv4j.testkit.cases.LayerCase;

/** A random legal layer spoilt in one argument: a typed exception that says what is wrong. */
class IllegalLayersTest {
  @Property(tries = 1000, seed = "20260103", shrinking = ShrinkingMode.OFF)
  void anIllegalArgumentIsNamedWithWhatWasGivenAndExpected(@ForAll long seed) {
    Random random = new Random(seed);
    LayerCase legal = RandomLayers.next(random);
    for (Spoiling spoiling : Spoiling.of(legal, random)) {
      Throwable thrown = catchThrowable(spoiling.attempt());
      assertThat(thrown)
          .as("%s of %s", spoiling.argument(), legal)
          .isInstanceOfAny(InvalidLayerException.class, ShapeMismatchException.class)
          .hasMessageContaining("'" + legal.layer().name() + "'")
          .hasMessageContaining(spoiling.argument())
          .hasMessageContaining(spoiling.given());
    }
  }

  @Property(tries = 1000, seed = "20260104", shrinking = ShrinkingMode.OFF)
  void absurdNumbersNeverOverflowUnnoticed(@ForAll long seed) {
    Random random = new Random(seed);
    LayerCase legal = RandomLayers.next(random);
    int rank = legal.layer().options().kernelSize().size();
    int[] huge = IntStream.range(0, rank).map(i -> 1 + random.nextInt(Integer.MAX_VALUE)).toArray();
    Throwable thrown =
        catchThrowable(
            () -> {
              LayerCase absurd =
                  new LayerCase(
                      legal.layer().dilationRate(huge),
                      Spoiling.withHugeSpace(legal.input(), random));
              assertThat(absurd.output().elementCount()).isPositive();
            });
    if (thrown != null) {
      assertThat(thrown).isInstanceOfAny(InvalidLayerException.class, ShapeMismatchException.class);
    }
  }
}
