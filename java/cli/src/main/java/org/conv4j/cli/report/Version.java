package org.conv4j.cli.report;

import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {text()};
  }

  /** Returns the name of the program with its version. */
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return "conv4j " + (version == null ? "(not packaged)" : version);
  }
}
