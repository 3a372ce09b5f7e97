package org.conv4j.cli.report;

/** How a process ends, for scripts; 0 is success. */
public final class ExitCode {
  /** What was computed or compared is not what it should be. */
  public static final int CHECK_FAILED = 1;

  /** The arguments or the files cannot be used. */
  public static final int BAD_INPUT = 2;

  private ExitCode() {}
}
