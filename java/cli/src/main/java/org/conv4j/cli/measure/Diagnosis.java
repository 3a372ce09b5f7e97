package org.conv4j.cli.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.conv4j.engine.Engine;
import org.conv4j.engine.Engines;
import org.conv4j.engine.Tuning;
import org.conv4j.file.Models;
import org.conv4j.machine.Processor;

/**
 * What conv4j finds on this machine.
 *
 * @param machine texts about the machine and this process, by what they are about
 * @param formats what models can be read
 * @param engines the engines, the preferred ones first
 */
public record Diagnosis(
    Map<String, String> machine, List<String> formats, List<EngineState> engines) {

  /**
   * How an engine fares.
   *
   * @param name its name
   * @param state ready, limited or missing
   * @param dataTypes what it computes with
   * @param details what it runs with; see {@link Engine#details}
   * @param cause why it is limited or missing
   */
  public record EngineState(
      String name,
      String state,
      List<String> dataTypes,
      Map<String, String> details,
      Optional<Throwable> cause) {

    static EngineState of(Engine engine) {
      Optional<Throwable> missing = engine.unavailabilityCause();
      Optional<Throwable> limit = missing.isPresent() ? missing : engine.limitationCause();
      String state = missing.isPresent() ? "missing" : limit.isPresent() ? "limited" : "ready";
      List<String> types =
          missing.isPresent()
              ? List.of()
              : engine.dataTypes().stream().map(Object::toString).sorted().toList();
      return new EngineState(engine.name(), state, types, engine.details(), limit);
    }

    /** Why it is limited or missing, in a line. */
    public Optional<String> reason() {
      return cause
          .map(why -> why.getMessage() == null ? why.toString() : why.getMessage())
          .map(text -> text.replaceAll("\\s*\\R\\s*", " "));
    }
  }

  public static Diagnosis make() {
    return new Diagnosis(
        describe(), Models.formats(), Engines.all().stream().map(EngineState::of).toList());
  }

  /** Whether no engine is less than it could be. */
  public boolean isWell() {
    return engines.stream().allMatch(engine -> engine.cause().isEmpty());
  }

  /** The machine in a line. */
  public static String summary() {
    return "%s, %d processors for this process, %s, Java %s"
        .formatted(
            Processor.model(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            Runtime.version());
  }

  private static Map<String, String> describe() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(
        "java",
        "%s of %s, %s"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                System.getProperty("java.home")));
    texts.put("system", System.getProperty("os.name") + ", " + System.getProperty("os.arch"));
    texts.put("processor", Processor.model());
    texts.put("processors for this process", "" + Runtime.getRuntime().availableProcessors());
    texts.put(
        "memory",
        "%,d MB of heap, as much for tensors unless -XX:MaxDirectMemorySize says otherwise"
            .formatted(Runtime.getRuntime().maxMemory() >> 20));
    texts.put("temporary files in", System.getProperty("java.io.tmpdir"));
    texts.put(
        "tuning remembered in",
        Tuning.defaultCache().map(Object::toString).orElse("no folder: there is no home"));
    return texts;
  }
}
