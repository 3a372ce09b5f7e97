package org.conv4j.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import org.conv4j.error.Conv4jException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** Entry point of the command line. */
@Command(
    name = "conv4j",
    description = "Keras convolution networks on the JVM, run by oneDNN and checked against Java.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      InspectCommand.class,
      ExplainCommand.class,
      VerifyCommand.class,
      VariantsCommand.class,
      LayerCommand.class,
      BenchCommand.class
    })
public final class Conv4j {
  static final int CHECK_FAILED = 1;
  static final int BAD_INPUT = 2;

  Conv4j() {}

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param args the command and its arguments
   */
  public static void main(String[] args) {
    // Numbers look the same everywhere.
    Locale.setDefault(Locale.ROOT);
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    System.exit(run(out, err, args));
  }

  /** Runs a command with given streams; returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return run(new CommandLine(new Conv4j()).setOut(out).setErr(err), args);
  }

  /** Runs a command of a given set; whatever is thrown ends in one line and an exit code. */
  static int run(CommandLine commandLine, String... args) {
    PrintWriter err = commandLine.getErr();
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    // In a file of arguments a line is an argument: a case of the bench command, for example.
    commandLine.setUseSimplifiedAtFiles(true);
    // Cases begin with two dashes, but are no options.
    commandLine
        .getSubcommands()
        .get(BenchCommand.NAME)
        .setUnmatchedOptionsArePositionalParams(true);
    commandLine.setParameterExceptionHandler(
        (failure, unparsed) -> {
          err.println("conv4j: " + firstLine(failure.getMessage()) + " Try --help.");
          return BAD_INPUT;
        });
    commandLine.setExecutionExceptionHandler(Conv4j::report);
    if (args.length == 0) {
      err.println(
          "conv4j: a command is missing: demo, run, inspect, explain, verify, variants, layer or"
              + " bench. Try --help.");
      return BAD_INPUT;
    }
    try {
      return commandLine.execute(args);
    } catch (Error failure) {
      // The command line library leaves errors alone.
      return report(failure, err, Arrays.asList(args).contains("--debug"));
    }
  }

  private static int report(Exception failure, CommandLine command, ParseResult parsed) {
    boolean debug = command.getParseResult().matchedOptionValue("--debug", false);
    return report(failure, command.getErr(), debug);
  }

  private static int report(Throwable failure, PrintWriter err, boolean debug) {
    String message;
    if (failure instanceof Conv4jException) {
      message = failure.getMessage();
    } else if (failure instanceof OutOfMemoryError) {
      message = "not enough memory: " + failure.getMessage() + ".";
    } else {
      message = "internal error: " + failure;
    }
    err.println("conv4j: " + firstLine(message));
    if (debug) {
      failure.printStackTrace(err);
    }
    return BAD_INPUT;
  }

  private static String firstLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ");
  }
}
