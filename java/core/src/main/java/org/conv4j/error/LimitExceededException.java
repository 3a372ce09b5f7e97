package org.conv4j.error;

/**
 * A model would take more of something than a limit allows; see {@code org.conv4j.limit.Limits}.
 */
public final class LimitExceededException extends Conv4jException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence that names the limit, its value and how to raise it
   */
  public LimitExceededException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence that names the limit and how to raise it
   * @param cause what led to it
   */
  public LimitExceededException(String message, Throwable cause) {
    super(message, cause);
  }
}
