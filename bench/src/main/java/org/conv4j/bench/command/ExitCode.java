package org.conv4j.bench.command;

/** What the process of a command ends with, besides 0. */
public final class ExitCode {
  /** A number or an answer is not what it must be. */
  public static final int CHECK_FAILED = 1;

  /** The arguments or the files of the user cannot be used. */
  public static final int BAD_INPUT = 2;

  private ExitCode() {}
}
