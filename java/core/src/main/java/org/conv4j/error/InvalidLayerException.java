package org.conv4j.error;

/** A layer, or another specification, was given an illegal argument. */
public final class InvalidLayerException extends Conv4jException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a sentence in the user's terms
   */
  public InvalidLayerException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message a sentence in the user's terms
   * @param cause what led to it
   */
  public InvalidLayerException(String message, Throwable cause) {
    super(message, cause);
  }
}
