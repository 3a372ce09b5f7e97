package org.conv4j.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

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
}
