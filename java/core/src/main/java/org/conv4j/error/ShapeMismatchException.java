package org.conv4j.error;

/** A tensor's shape, size or data type is not the one that is needed. */
public final class ShapeMismatchException extends Conv4jException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence in the user's terms
   */
  public ShapeMismatchException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence in the user's terms
   * @param cause what led to it
   */
  public ShapeMismatchException(String message, Throwable cause) {
    super(message, cause);
  }
}
