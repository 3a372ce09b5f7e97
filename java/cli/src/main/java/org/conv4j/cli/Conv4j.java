package org.conv4j.cli;

import java.io.PrintWriter;
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

  private Conv4j() {}

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param args the command and its arguments
   */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    System.exit(run(out, err, args));
  }

  /** Runs a command with given streams; returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine commandLine = new CommandLine(new Conv4j()).setOut(out).setErr(err);
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
    } catch (OutOfMemoryError tooLarge) {
      err.println("conv4j: not enough memory: " + tooLarge.getMessage() + ".");
      return BAD_INPUT;
    }
  }

  private static int report(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    boolean expected = failure instanceof Conv4jException;
    String message = expected ? failure.getMessage() : "internal error: " + failure;
    err.println("conv4j: " + firstLine(message));
    if (command.getParseResult().matchedOptionValue("--debug", false)) {
      failure.printStackTrace(err);
    }
    return BAD_INPUT;
  }

  private static String firstLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ");
  }
}
