package org.conv4j.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.conv4j.cli.command.BenchCommand;
import org.conv4j.cli.command.Choice;
import org.conv4j.cli.command.DemoCommand;
import org.conv4j.cli.command.DoctorCommand;
import org.conv4j.cli.command.ExplainCommand;
import org.conv4j.cli.command.InspectCommand;
import org.conv4j.cli.command.LayerCommand;
import org.conv4j.cli.command.RunCommand;
import org.conv4j.cli.command.StreamCommand;
import org.conv4j.cli.command.VariantsCommand;
import org.conv4j.cli.command.VerifyCommand;
import org.conv4j.cli.report.ExitCode;
import org.conv4j.cli.report.Version;
import org.conv4j.engine.Engines;
import org.conv4j.error.Conv4jException;
import org.conv4j.error.SimilarNames;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

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
      StreamCommand.class,
      BenchCommand.class,
      DoctorCommand.class
    })
public final class Conv4j {
  private static final List<String> RUNNING_MODELS =
      List.of(RunCommand.NAME, ExplainCommand.NAME, VerifyCommand.NAME, StreamCommand.NAME);

  private static final List<String> OTHER_ENGINES =
      List.of("java", "reference", "--engine=java", "--engine=reference");

  Conv4j() {}

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param args the command and its arguments
   */
  public static void main(String[] args) {
    if (runsModel(List.of(args)) || List.of(args).contains(DoctorCommand.NAME)) {
      // To understand the arguments takes a quarter of a second, in which native code can load.
      Engines.prepare();
    }
    // Numbers look the same everywhere.
    Locale.setDefault(Locale.ROOT);
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    System.exit(run(out, err, args));
  }

  /** Whether arguments that nobody has checked seem to ask for a model's results, natively. */
  static boolean runsModel(List<String> args) {
    return args.size() > 1
        && RUNNING_MODELS.contains(args.get(0))
        && Collections.disjoint(args, OTHER_ENGINES);
  }

  /** Runs a command with given streams; returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return run(new CommandLine(new Conv4j()).setOut(out).setErr(err), args);
  }

  /** Runs a command of a given set; whatever is thrown ends in one line and an exit code. */
  static int run(CommandLine commandLine, String... args) {
    PrintWriter err = commandLine.getErr();
    // In a file of arguments a line is an argument: a case of the bench command, for example.
    commandLine.setUseSimplifiedAtFiles(true);
    // Cases begin with two dashes, but are no options.
    commandLine
        .getSubcommands()
        .get(BenchCommand.NAME)
        .setUnmatchedOptionsArePositionalParams(true);
    commandLine.registerConverter(Path.class, Conv4j::path);
    Choice.register(commandLine);
    commandLine.setParameterExceptionHandler(
        (failure, unparsed) -> refuse(err, failure.getMessage() + suggestion(failure)));
    commandLine.setExecutionExceptionHandler(Conv4j::report);
    Set<String> commands = commandLine.getSubcommands().keySet();
    if (args.length == 0) {
      return refuse(err, "a command is missing: one of " + String.join(", ", commands));
    }
    if (!args[0].startsWith("-") && !args[0].startsWith("@") && !commands.contains(args[0])) {
      return refuse(
          err,
          "there is no command '%s'; there are %s.%s"
              .formatted(
                  args[0], String.join(", ", commands), SimilarNames.question(args[0], commands)));
    }
    for (String arg : args) {
      if (arg.startsWith("@") && cannotBeRead(Path.of(arg.substring(1)))) {
        return refuse(err, "cannot read the arguments in " + arg.substring(1));
      }
    }
    try {
      return commandLine.execute(args);
    } catch (Error failure) {
      // The command line library leaves errors alone.
      return report(failure, err, Arrays.asList(args).contains("--debug"));
    }
  }

  /** The command line library would end with a stack trace; a missing file is no file to it. */
  private static boolean cannotBeRead(Path file) {
    return Files.isDirectory(file) || (Files.exists(file) && !Files.isReadable(file));
  }

  /** Without this an empty argument would be the present folder. */
  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new CommandLine.TypeConversionException("the name of a file must not be empty");
    }
    return Path.of(text);
  }

  private static int refuse(PrintWriter err, String reason) {
    String line = firstLine(reason);
    err.println("conv4j: " + line + (line.matches(".*[.?]") ? "" : ".") + " Try --help.");
    return ExitCode.BAD_INPUT;
  }

  /** What the command line library takes an argument for that is none. */
  private static String suggestion(ParameterException failure) {
    List<String> similar =
        failure instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return similar.isEmpty() ? "" : ". Did you mean " + String.join(" or ", similar) + "?";
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
    return ExitCode.BAD_INPUT;
  }

  private static String firstLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ");
  }
}
