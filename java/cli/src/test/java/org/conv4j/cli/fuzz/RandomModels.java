package org.conv4j.cli.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import org.conv4j.testkit.fuzz.FuzzCase;
import org.conv4j.testkit.fuzz.FuzzTarget;

/** Loads models, and does with them what can be done. */
public final class RandomModels implements FuzzTarget {
  /** For a process to make one. */
  public RandomModels() {}

  @Override
  public FuzzCase random(long seed) {
    return GraphCase.random(seed);
  }

  @Override
  public FuzzCase read(Path file) throws IOException {
    return GraphCase.read(file);
  }
}
