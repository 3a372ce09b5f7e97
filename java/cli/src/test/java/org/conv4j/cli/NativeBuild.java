package org.conv4j.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.conv4j.engine.Engines;
import org.conv4j.tensor.DataType;

/** What a build without a C++ compiler cannot do, and its tests do not ask for. */
final class NativeBuild {
  private NativeBuild() {}

  /** Skips a test that needs the native library: float64, or another number of threads. */
  static void assumeNativeLibrary() {
    assumeTrue(
        Engines.byName("onednn").dataTypes().contains(DataType.FLOAT64),
        "needs the native library");
  }
}
