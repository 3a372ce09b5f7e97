package org.conv4j.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.conv4j.engine.CompileOptions;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.engine.Fallback;
import org.conv4j.engine.PerformanceMode;
import org.conv4j.engine.Tuning;
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
      names = "--fallback",
      paramLabel = "NAME",
      split = ",",
      description =
          "Engines that may run what the chosen one leaves to others, or none; by default all.")
  private List<String> fallback;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = "Threads of one run; by default the mode's choice.")
  private int threads;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "latency",
      description = {
        "latency: all processors for one run;",
        "throughput: one thread each for many; by default ${DEFAULT-VALUE}."
      })
  private PerformanceMode mode;

  @Option(
      names = "--tune",
      description = "Time the kernels that can run an op on this machine, and keep the fastest.")
  private boolean tune;

  @Option(
      names = "--exact",
      description = "Rule out faster algorithms that round differently (Winograd).")
  private boolean exact;

  @Option(names = "--json", description = "Print JSON instead of text.")
  private boolean json;

  @Option(names = "--debug", description = "Print the stack trace of an error.")
  private boolean debug;

  Engine engine(DataType dataType) {
    if (engine == null) {
      return Engines.best(dataType);
    }
    // A choice that cannot be met is an error, unless somebody says what to do then.
    return fallback == null ? Engines.byName(engine) : Engines.byName(engine, dataType, fallback());
  }

  private Fallback fallback() {
    if (fallback == null) {
      return Fallback.listed();
    }
    return fallback.equals(List.of("none"))
        ? Fallback.none()
        : Fallback.to(fallback.toArray(new String[0]));
  }

  /** The chosen engine first, the reference last, all other usable ones between. */
  List<Engine> enginesToCompare(DataType dataType) {
    Engine chosen = engine(dataType);
    Engine reference = Engines.byName("reference");
    List<Engine> engines = new ArrayList<>();
    engines.add(chosen);
    for (Engine other : Engines.all()) {
      boolean usable = other.isAvailable() && other.dataTypes().contains(dataType);
      boolean between =
          !other.name().equals(chosen.name()) && !other.name().equals(reference.name());
      if (usable && between && other.priority() < chosen.priority()) {
        engines.add(other);
      }
    }
    if (!chosen.name().equals(reference.name())) {
      engines.add(reference);
    }
    return engines;
  }

  CompileOptions compileOptions() {
    return CompileOptions.DEFAULT
        .withThreads(threads)
        .withExact(exact)
        .withMode(mode)
        .withTuning(tune ? Tuning.on() : Tuning.OFF)
        .withFallback(fallback());
  }

  /** What changes how a model is compiled, in words. */
  String text() {
    String text = mode.toString().toLowerCase(Locale.ROOT) + " mode";
    text += threads == 0 ? "" : threads == 1 ? ", 1 thread" : ", " + threads + " threads";
    return text + (tune ? ", tuned" : "") + (exact ? ", exact" : "");
  }

  boolean json() {
    return json;
  }
}
