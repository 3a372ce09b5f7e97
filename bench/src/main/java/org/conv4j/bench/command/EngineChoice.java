package org.conv4j.bench.command;

import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.tensor.DataType;
import picocli.CommandLine.Option;

/** The options of a command that runs cases on one engine. */
final class EngineChoice {
  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "onednn or java; by default ${DEFAULT-VALUE}.",
      defaultValue = "onednn")
  private String engine;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      description = "float32 or float64; by default ${DEFAULT-VALUE}.",
      defaultValue = "float32")
  private DataType dataType;

  Engine engine() {
    return Engines.byName(engine);
  }

  DataType dataType() {
    return dataType;
  }
}
