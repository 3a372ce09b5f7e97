package org.conv4j.cli.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.conv4j.cli.measure.Diagnosis;
import org.conv4j.cli.report.ExitCode;
import org.conv4j.cli.report.Json;
import org.conv4j.cli.report.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells what this machine offers, and what to do about what is missing. */
@Command(
    name = DoctorCommand.NAME,
    description = {
      "Tell the processor, the engines and why one is missing, versions, memory and folders.",
      "Exit code 1 if an engine does not work as it could here."
    },
    mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
  public static final String NAME = "doctor";

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print JSON instead of text.")
  private boolean json;

  @Option(names = "--debug", description = "Print the stack traces of what went wrong.")
  private boolean debug;

  @Override
  public Integer call() {
    Diagnosis diagnosis = Diagnosis.make();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.format(fields(diagnosis)));
    } else {
      print(out, diagnosis);
    }
    if (debug) {
      for (Diagnosis.EngineState engine : diagnosis.engines()) {
        engine.cause().ifPresent(cause -> cause.printStackTrace(spec.commandLine().getErr()));
      }
    }
    return diagnosis.isWell() ? 0 : ExitCode.CHECK_FAILED;
  }

  private static Map<String, Object> fields(Diagnosis diagnosis) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", Version.text());
    fields.putAll(diagnosis.machine());
    fields.put("formats", diagnosis.formats());
    fields.put("engines", diagnosis.engines().stream().map(DoctorCommand::fields).toList());
    fields.put("well", diagnosis.isWell());
    return fields;
  }

  private static Map<String, Object> fields(Diagnosis.EngineState engine) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", engine.name());
    fields.put("state", engine.state());
    engine.reason().ifPresent(reason -> fields.put("reason", reason));
    fields.put("dtypes", engine.dataTypes());
    fields.putAll(engine.details());
    return fields;
  }

  private static void print(PrintWriter out, Diagnosis diagnosis) {
    out.println(Version.text());
    diagnosis.machine().forEach((name, text) -> out.println(name + ": " + text));
    out.println("reads: " + text(diagnosis.formats()));
    for (Diagnosis.EngineState engine : diagnosis.engines()) {
      out.println();
      out.printf("%s: %s, %s%n", engine.name(), engine.state(), text(engine.dataTypes()));
      engine.details().forEach((name, text) -> out.println("  " + name + ": " + text));
      engine.reason().ifPresent(reason -> out.println("  reason: " + reason));
    }
    out.println();
    out.println(
        diagnosis.isWell()
            ? "All engines work as they can on this machine."
            : "An engine does not work as it could; its reason says why and what helps.");
  }

  private static String text(List<String> words) {
    return words.isEmpty() ? "nothing" : String.join(", ", words);
  }
}
