package org.conv4j.error;

/** A file or stream is truncated, malformed, or not what it was said to be. */
public final class MalformedFileException extends Conv4jException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence in the user's terms
   */
  public MalformedFileException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence in the user's terms
   * @param cause what led to it
   */
  public MalformedFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
