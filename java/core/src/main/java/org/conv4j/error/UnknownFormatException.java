package org.conv4j.error;

/** A file is in none of the formats that the importers on the class path read. */
public final class UnknownFormatException extends Conv4jException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was given, and the formats that are known
   */
  public UnknownFormatException(String message) {
    super(message);
  }
}
