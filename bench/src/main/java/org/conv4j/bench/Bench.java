package org.conv4j.bench;

import java.io.PrintWriter;
import org.conv4j.bench.command.BridgeCommand;
import org.conv4j.bench.command.ExitCode;
import org.conv4j.bench.command.LatencyCommand;
import org.conv4j.bench.command.ListCommand;
import org.conv4j.bench.command.ModelsCommand;
import org.conv4j.bench.command.NeighboursCommand;
import org.conv4j.bench.command.ReportCommand;
import org.conv4j.bench.command.RunCommand;
import org.conv4j.bench.command.StreamCommand;
import org.conv4j.bench.command.ThroughputCommand;
import org.conv4j.error.Conv4jException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the benchmarks. */
@Command(
    name = "bench",
    description = "Measures conv4j's engines and rival libraries, and reports on it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      ReportCommand.class,
      BridgeCommand.class,
      LatencyCommand.class,
      ThroughputCommand.class,
      ModelsCommand.class,
      NeighboursCommand.class,
      StreamCommand.class,
      ListCommand.class
    })
public final class Bench {
  private Bench() {}

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param args the command and its arguments
   */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs a command; returns its exit code. */
  static int run(String... args) {
    return run(new PrintWriter(System.out, true), args);
  }

  /** Likewise; its results are printed there. */
  static int run(PrintWriter out, String... args) {
    CommandLine commandLine = new CommandLine(new Bench());
    commandLine.setOut(out);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (!(failure instanceof Conv4jException)) {
            throw failure;
          }
          command.getErr().println("bench: " + failure.getMessage());
          return ExitCode.BAD_INPUT;
        });
    if (args.length == 0) {
      commandLine.usage(commandLine.getErr());
      return ExitCode.BAD_INPUT;
    }
    return commandLine.execute(args);
  }
}
