package org.conv4j.onnx.backend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;

/** Prints how many of ONNX's backend tests each engine passes, and why others fail. */
final class BackendReport {
  private BackendReport() {}

  /**
   * Runs all tests of an archive.
   *
   * @param arguments the archive, then the names of engines
   */
  public static void main(String[] arguments) throws IOException {
    for (int i = 1; i < arguments.length; i++) {
      Engine engine = Engines.byName(arguments[i]);
      Map<String, int[]> counts = new TreeMap<>();
      for (BackendCase test : BackendArchive.cases(Path.of(arguments[0]))) {
        String problem = problem(test, engine);
        int[] count = counts.computeIfAbsent(test.tier() + " " + test.suite(), key -> new int[2]);
        count[0] += problem.isEmpty() ? 1 : 0;
        count[1]++;
        if (!problem.isEmpty()) {
          System.out.println(engine.name() + " " + test.tier() + " " + test + ": " + problem);
        }
      }
      counts.forEach(
          (tier, count) ->
              System.out.println(engine.name() + " " + tier + ": " + count[0] + " of " + count[1]));
    }
  }

  private static String problem(BackendCase test, Engine engine) {
    try {
      return test.run(engine);
    } catch (RuntimeException | Error failure) {
      return failure.toString();
    }
  }
}
