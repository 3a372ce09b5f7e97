package org.conv4j.error;

/** Root of every exception that conv4j throws about its input, its engines or their results. */
public class Conv4jException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence in the user's terms
   */
  public Conv4jException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence in the user's terms
   * @param cause what led to it
   */
  public Conv4jException(String message, Throwable cause) {
    super(message, cause);
  }
}
