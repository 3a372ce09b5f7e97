package org.conv4j.onnx.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.error.Conv4jException;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * ONNX's own tests, on every engine. A sample is in the resources; all of them run where the system
 * property {@code conv4j.onnx.backend} or the environment variable {@code
 * CONV4J_ONNX_BACKEND_TESTS} names an archive that {@code backend_tests.py} has made. What fails is
 * listed with its reason; a test that is listed must fail, with one of conv4j's exceptions or with
 * another result.
 */
class BackendTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicContainer> everyEngine() throws IOException {
    List<BackendCase> cases = BackendArchive.cases(archive());
    assertThat(cases).hasSizeGreaterThan(100);
    Map<String, String> failing = expectedFailures();
    List<DynamicContainer> engines = new ArrayList<>();
    for (Engine engine : Engines.all()) {
      assertThat(engine.isAvailable()).as(engine.name()).isTrue();
      List<DynamicTest> tests = new ArrayList<>();
      for (BackendCase test : cases) {
        String reason =
            failing.getOrDefault(test.toString(), failing.get(engine.name() + ":" + test));
        tests.add(DynamicTest.dynamicTest(test.toString(), () -> check(test, engine, reason)));
      }
      engines.add(DynamicContainer.dynamicContainer(engine.name(), tests));
    }
    return engines.stream();
  }

  private static void check(BackendCase test, Engine engine, String reason) {
    if (reason == null) {
      assertThat(test.run(engine)).isEmpty();
      return;
    }
    String problem;
    try {
      problem = test.run(engine);
    } catch (Conv4jException refused) {
      problem = refused.getMessage();
    }
    assertThat(problem)
        .as("%s is listed as failing because %s; it passes now: take it off the list", test, reason)
        .isNotEmpty();
  }

  private Path archive() throws IOException {
    Optional<String> given =
        Optional.ofNullable(System.getProperty("conv4j.onnx.backend"))
            .or(() -> Optional.ofNullable(System.getenv("CONV4J_ONNX_BACKEND_TESTS")))
            .filter(path -> !path.isEmpty());
    if (given.isPresent()) {
      return Path.of(given.get());
    }
    Path sample = folder.resolve("sample.zip");
    try (InputStream content = BackendTest.class.getResourceAsStream("sample.zip")) {
      Files.copy(content, sample, StandardCopyOption.REPLACE_EXISTING);
    }
    return sample;
  }

  /** By test, or by engine and test, the reason. */
  private static Map<String, String> expectedFailures() throws IOException {
    Map<String, String> failures = new LinkedHashMap<>();
    for (String line : BackendArchive.lines("expected-failures.txt")) {
      if (!line.isBlank() && !line.startsWith("#")) {
        int space = line.indexOf(' ');
        failures.put(line.substring(0, space), line.substring(space + 1).strip());
      }
    }
    return failures;
  }
}
