package org.conv4j.onednn;

import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.engine.PerformanceMode;

/** Main class of a process in which oneDNN loads and our library does not. */
final class RunWithoutOurKernels {
  private RunWithoutOurKernels() {}

  public static void main(String[] arguments) {
    Engine engine = Engines.byName("onednn");
    for (int i = 0; i < 2; i++) {
      System.out.println("computed " + Deployed.run(engine, PerformanceMode.LATENCY));
    }
    System.out.println("limitation: " + engine.limitationCause().orElseThrow().getMessage());
  }
}
