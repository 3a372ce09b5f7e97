package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.conv4j.cli.report.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class Conv4jTest {
  /** A command that does nothing but fail. */
  @Command(name = "fail")
  static final class FailCommand implements Callable<Integer> {
    private final Throwable failure;

    @Option(names = "--debug")
    private boolean debug;

    FailCommand(Throwable failure) {
      this.failure = failure;
    }

    @Override
    public Integer call() throws Exception {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    }
  }

  @Test
  void nativeCodeIsExpectedOnlyOfCommandsThatRunAModelOnIt() {
    assertThat(Conv4j.runsModel(List.of("run", "m.keras", "--input", "x.npy"))).isTrue();
    assertThat(Conv4j.runsModel(List.of("verify", "m.keras", "--engine", "onednn"))).isTrue();
    assertThat(Conv4j.runsModel(List.of("run", "m.keras", "--engine", "java"))).isFalse();
    assertThat(Conv4j.runsModel(List.of("run", "m.keras", "--engine=reference"))).isFalse();
    assertThat(Conv4j.runsModel(List.of("inspect", "m.keras"))).isFalse();
    assertThat(Conv4j.runsModel(List.of("run"))).isFalse();
    assertThat(Conv4j.runsModel(List.of())).isFalse();
  }

  static Throwable[] failures() {
    return new Throwable[] {
      new AssertionError("that cannot be"),
      new StackOverflowError(),
      new UnsatisfiedLinkError("a library"),
      new ExceptionInInitializerError(),
      new OutOfMemoryError("Java heap space"),
      new IllegalStateException("two\nlines"),
      new NullPointerException(),
    };
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whateverIsThrownEndsInOneLine(Throwable failure) {
    CommandResult result = run(failure, "fail");
    assertThat(result.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).hasSize(1);
    assertThat(result.err().get(0)).startsWith("conv4j: ");
    if (failure.getMessage() != null) {
      assertThat(result.err().get(0)).contains(failure.getMessage().replace("\n", " "));
    }
  }

  @ParameterizedTest
  @MethodSource("failures")
  void debugShowsWhereItWasThrown(Throwable failure) {
    assertThat(run(failure, "fail", "--debug").err())
        .anyMatch(line -> line.startsWith("\tat org.conv4j.cli.Conv4jTest"));
  }

  @Test
  void anUnknownOrMissingCommandIsToldWhatThereIs() {
    CommandResult.of("frobnicate").assertRefused("'frobnicate'", "demo, run, inspect");
    CommandResult.of("").assertRefused("''", "demo, run, inspect");
    CommandResult.of().assertRefused("missing", "demo, run, inspect");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "rnu m.keras | Did you mean 'run'?",
        "inpect m.keras | Did you mean 'inspect'?",
        "run m.keras --input x.npy --enigne java | Did you mean --engine",
        "run m.keras --input x.npy --engine jaba | Did you mean 'java'?",
        "run m.keras --input x.npy --mode latent | Did you mean 'latency'?",
        "run m.keras --input x.npy --dtype float | Did you mean 'float32' or 'float64'?",
        "run m.keras --input x.png --preprocess pytorch | Did you mean 'torch'?",
        "run m.keras --input x.png --preprocess imagenet | caffe for ResNet and VGG",
        "run m.keras --input x.png --resize cubic | Did you mean 'bicubic' or 'pil-bicubic'?",
        "run m.keras --input x.png --data-format channel_first | Did you mean 'channels_first'",
        "run m.keras --input images=x.png | Did you mean 'image'?",
        "run m.keras --input x.npy --output masc=y.npy | Did you mean 'mask'?",
        "explain m.keras --input-shape imag=1,8,8,3 | Did you mean 'image'?"
      })
  void aNearMissIsToldWhatMayBeMeant(String arguments, String expected) {
    String[] words = arguments.split(" ");
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].replace("m.keras", SmallModels.path("unet.keras").toString());
    }
    CommandResult.of((Object[]) words).assertRefused(expected);
  }

  @Test
  void aFileOfArgumentsThatCannotBeReadIsBadInput(@TempDir Path folder) {
    CommandResult.of("bench", "@" + folder).assertRefused("arguments in " + folder + ". Try");
    CommandResult.of("bench", "@" + folder.resolve("none.txt"))
        .assertRefused("none.txt: there is no such file");
  }

  @Test
  void anEmptyNameIsNoFile() {
    CommandResult.of("inspect", "").assertRefused("MODEL", "must not be empty");
    CommandResult.of("run", SmallModels.path("unet.keras"), "--input", "")
        .assertRefused("The file of an input is missing");
    CommandResult.of("run", SmallModels.path("unet.keras"), "--input", "image=")
        .assertRefused("'image='");
  }

  @Test
  void everyCommandHasHelp() {
    for (String command : new CommandLine(new Conv4j()).getSubcommands().keySet()) {
      CommandResult result = CommandResult.of(command, "--help");
      result.assertSucceeded();
      assertThat(result.out().get(0)).startsWith("Usage: conv4j " + command);
    }
  }

  private static CommandResult run(Throwable failure, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        new CommandLine(new Conv4j())
            .addSubcommand(new FailCommand(failure))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    int exitCode = Conv4j.run(commandLine, args);
    return new CommandResult(
        exitCode, out.toString().lines().toList(), err.toString().lines().toList());
  }
}
