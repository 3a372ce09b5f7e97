package org.conv4j.bench.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.conv4j.error.Conv4jException;
import org.conv4j.notation.BenchCase;
import org.conv4j.notation.CaseNotation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two sides do the same work. How long it takes is for the benchmark to say. */
class BridgeTest {
  private static final Path PROJECT = Path.of("..");

  private Driver driver;

  @BeforeEach
  void start() {
    Optional<Path> program = Driver.find(PROJECT);
    assumeTrue(program.isPresent(), "native/baseline is not built: no C++ compiler was found");
    driver = Driver.start(program.get());
  }

  @AfterEach
  void end() {
    if (driver != null) {
      driver.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--conv mb2ic8ih5oc16oh3kh3sh2ph1n\"strided\"",
        "--conv g4mb1ic16ih6iw7oc8oh6ow7kh3ph1n\"grouped\"",
        "--conv g32mb1ic32iw24oc32ow24kw3pw6dw2n\"depthwise, in phases\"",
        "--conv mb1ic16id5oc24od2kd2sd2n\"3-D\"",
        "--deconv mb1ic8ih4oc12oh8kh4sh2ph1n\"transposed\"",
        "--conv g32mb1ic32iw8oc32ow8kw3pw1 + --conv mb1ic32iw8oc32ow8kw1n\"separable\""
      })
  void bothSidesRunTheSameImplementationAndGetTheSameOutput(String notation) {
    BridgeResult comparison =
        new Bridge(driver, 1, 1, 1).compare(CaseNotation.parse("test", notation));

    assertThat(comparison.javaImplementation()).isEqualTo(comparison.nativeImplementation());
    assertThat(comparison.sameOutput()).isTrue();
  }

  @Test
  void theDriverAnswersABadRequestAndGoesOn() {
    BenchCase good = CaseNotation.parse("test", "--conv mb1ic4ih3oc4oh3kh1");
    BenchCase larger = CaseNotation.parse("test", "--conv mb1ic4ih64oc4oh64kh1");
    try (SharedOperands operands = SharedOperands.of(good)) {
      assertThatThrownBy(() -> driver.prepare(larger, operands))
          .isInstanceOf(Conv4jException.class)
          .hasMessageContaining("cannot map");
      driver.prepare(good, operands);
      assertThat(driver.implementation()).startsWith("direct: ");
    }
  }
}
