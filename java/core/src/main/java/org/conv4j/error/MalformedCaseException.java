package org.conv4j.error;

/** A line of benchmark notation does not describe a convolution that can run. */
public final class MalformedCaseException extends Conv4jException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence in the user's terms
   */
  public MalformedCaseException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence in the user's terms
   * @param cause what led to it
   */
  public MalformedCaseException(String message, Throwable cause) {
    super(message, cause);
  }
}
