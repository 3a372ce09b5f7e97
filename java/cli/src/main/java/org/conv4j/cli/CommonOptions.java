package org.conv4j.cli;

import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.tensor.DataType;
import picocli.CommandLine.Option;

/** The options that every command takes. */
final class CommonOptions {
  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "onednn, java or reference; by default the fastest that can do the job.")
  private String engine;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Threads of one run; by default the engine's choice.")
  private int threads;

  @Option(
      names = "--exact",
      description = "Rule out faster algorithms that round differently (Winograd).")
  private boolean exact;

  @Option(names = "--json", description = "Print JSON instead of text.")
  private boolean json;

  @Option(names = "--debug", description = "Print the stack trace of an error.")
  private boolean debug;

  Engine engine(DataType dataType) {
    return engine == null ? Engines.best(dataType) : Engines.byName(engine);
  }

  CompileOptions compileOptions() {
    return CompileOptions.DEFAULT.withThreads(threads).withExact(exact);
  }

  boolean json() {
    return json;
  }
}
