package org.conv4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.conv4j.cli.report.ExitCode;

/**
 * What a command did.
 *
 * @param exitCode its exit code
 * @param out the lines of its standard output
 * @param err the lines of its standard error
 */
record CommandResult(int exitCode, List<String> out, List<String> err) {
  static CommandResult of(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] strings = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      strings[i] = args[i].toString();
    }
    int exitCode = Conv4j.run(new PrintWriter(out, true), new PrintWriter(err, true), strings);
    return new CommandResult(
        exitCode, out.toString().lines().toList(), err.toString().lines().toList());
  }

  /** The output of a command that succeeded and was told to print JSON. */
  JsonNode json() {
    assertThat(err).isEmpty();
    assertThat(exitCode).isZero();
    try {
      return new ObjectMapper().readTree(String.join("\n", out));
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  void assertSucceeded() {
    assertThat(err).isEmpty();
    assertThat(exitCode).isZero();
  }

  /** Bad input is one line, without a stack trace. */
  void assertRefused(String... parts) {
    assertThat(exitCode).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(out).isEmpty();
    assertThat(err).hasSize(1);
    assertThat(err.get(0)).startsWith("conv4j: ").doesNotContain("internal error");
    assertThat(parts).allMatch(part -> err.get(0).contains(part), err.get(0));
  }
}
