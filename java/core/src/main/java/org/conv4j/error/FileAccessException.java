package org.conv4j.error;

/** A file is missing, or the operating system refuses to read or write it. */
public final class FileAccessException extends Conv4jException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence in the user's terms
   */
  public FileAccessException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence in the user's terms
   * @param cause what led to it
   */
  public FileAccessException(String message, Throwable cause) {
    super(message, cause);
  }
}
